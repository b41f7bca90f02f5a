package dev.sonde.conversion;

import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ProbeForm;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.problem.UnreadableBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A document that grows. Each probe is read as the service reads it, so the document loads. For
/// one thread.
final class DocumentDraft {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final ProbeModules modules;
    private final Map<String, Object> probes = new LinkedHashMap<>();
    private final List<Conversion.Skipped> skipped = new ArrayList<>();

    DocumentDraft(ProbeModules modules) {
        this.modules = modules;
    }

    ProbeModules modules() {
        return modules;
    }

    boolean isEmpty() {
        return probes.isEmpty() && skipped.isEmpty();
    }

    void skip(String what, String reason) {
        skipped.add(new Conversion.Skipped(what, reason));
    }

    /// Adds a probe, or skips it where the service would refuse it.
    void add(DraftProbe probe) {
        String name = unique(ResourceName.madeOf(probe.name()));
        Map<String, Object> written = probe.written();
        String problem = problem(written);
        if (problem != null) {
            skip(probe.what(), problem);
            return;
        }
        probes.put(name, written);
        probe.lost().forEach(lost -> skip(probe.what(), lost));
    }

    private String unique(String made) {
        String base = made.isEmpty() ? "probe" : made;
        String name = base;
        for (int i = 2; probes.containsKey(name); i++) {
            name = ResourceName.madeOf(base + "-" + i);
        }
        return name;
    }

    private @Nullable String problem(Map<String, Object> written) {
        try {
            var _ =
                    MAPPER.convertValue(written, ProbeForm.class)
                            .toSpec(modules, new InvalidFields());
            return null;
        } catch (JacksonException e) {
            return UnreadableBody.field(e).sentence();
        } catch (InvalidRequestException e) {
            return e.fields().stream()
                    .map(InvalidField::sentence)
                    .collect(Collectors.joining("; "));
        }
    }

    Conversion conversion() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("probes", probes);
        return new Conversion(document, skipped);
    }
}
