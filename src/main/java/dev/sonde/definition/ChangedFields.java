package dev.sonde.definition;

import dev.sonde.form.ListenerForm;
import dev.sonde.form.ProbeForm;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.spec.ProbeSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The paths of the fields in which two definitions differ, by their written forms.
record ChangedFields(JsonMapper mapper) {

    List<String> of(ProbeSpec before, ProbeSpec after) {
        return of(
                mapper.valueToTree(ProbeForm.of(before).withoutPaused()),
                mapper.valueToTree(ProbeForm.of(after).withoutPaused()));
    }

    List<String> of(ListenerSpec before, ListenerSpec after) {
        return of(
                mapper.valueToTree(ListenerForm.of(before)),
                mapper.valueToTree(ListenerForm.of(after)));
    }

    private static List<String> of(JsonNode before, JsonNode after) {
        Set<String> paths = new TreeSet<>();
        compare("", before, after, paths);
        return List.copyOf(paths);
    }

    private static void compare(String path, JsonNode before, JsonNode after, Set<String> paths) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() && !after.isObject()) {
            paths.add(path);
            return;
        }
        Set<String> names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        if (names.isEmpty()) {
            paths.add(path);
        }
        for (String name : names) {
            compare(
                    path.isEmpty() ? name : path + "." + name,
                    before.path(name),
                    after.path(name),
                    paths);
        }
    }
}
