package dev.sonde.api.probe;

import dev.sonde.api.request.BulkLoad;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.problem.ProblemException;
import dev.sonde.schedule.BulkChange;
import dev.sonde.schedule.DefinitionsFullException;
import dev.sonde.schedule.NamedSpec;
import dev.sonde.schedule.OwnedBySetException;
import dev.sonde.schedule.Schedules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The probes of a bulk request.
record ProbeItems(Schedules schedules, ProbeReader reader) implements BulkLoad.Items<NamedSpec> {

    @Override
    public int batch() {
        return 1_000;
    }

    @Override
    public NamedSpec read(JsonNode item) {
        return reader.item(item);
    }

    @Override
    public BulkChange put(List<NamedSpec> definitions) {
        return schedules.putAll(definitions);
    }

    @Override
    public @Nullable String refusal(RuntimeException cause) {
        return cause instanceof InvalidRequestException
                        || cause instanceof ProblemException
                        || cause instanceof DefinitionsFullException
                        || cause instanceof OwnedBySetException
                ? String.valueOf(cause.getMessage())
                : null;
    }
}
