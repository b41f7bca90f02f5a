package dev.sonde.api.listener;

import dev.sonde.api.request.BulkLoad;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ListenerFault;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.schedule.BulkChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The listeners of a bulk request. Each takes effect as it is read.
record ListenerItems(Listeners listeners, ListenerReader reader)
        implements BulkLoad.Items<ListenerReader.Item> {

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public ListenerReader.Item read(JsonNode item) {
        return reader.item(item);
    }

    @Override
    public BulkChange put(List<ListenerReader.Item> definitions) {
        int created = 0;
        for (ListenerReader.Item each : definitions) {
            created += listeners.replace(each.spec(), each.isOfAll(), _ -> {}).isNew() ? 1 : 0;
        }
        return new BulkChange(created, definitions.size() - created);
    }

    @Override
    public @Nullable String refusal(RuntimeException cause) {
        if (cause instanceof InvalidListenerException invalid) {
            return String.valueOf(ListenerFault.problem(invalid).getMessage());
        }
        return cause instanceof InvalidRequestException || cause instanceof ListenerException
                ? String.valueOf(cause.getMessage())
                : null;
    }
}
