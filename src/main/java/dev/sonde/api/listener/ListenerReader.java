package dev.sonde.api.listener;

import dev.sonde.api.body.BodyReader;
import dev.sonde.api.replica.EveryReplica;
import dev.sonde.api.request.MergePatch;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.AddressText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads listeners out of trees: patches, and the items of a bulk request. Safe for any thread.
@Component
final class ListenerReader {

    private static final String BEHAVIOUR = "behaviour";

    private final JsonMapper mapper;
    private final BodyReader bodies;
    private final Listeners listeners;
    private final EveryReplica replicas;

    ListenerReader(
            JsonMapper mapper, BodyReader bodies, Listeners listeners, EveryReplica replicas) {
        this.mapper = mapper;
        this.bodies = bodies;
        this.listeners = listeners;
        this.replicas = replicas;
    }

    /// An item of a bulk request.
    ///
    /// @param isOfAll whether every replica opens a new one
    record Item(ListenerSpec spec, boolean isOfAll) {}

    /// An item of a bulk request; a view may come back as it was answered.
    ///
    /// @throws JacksonException when it is not such a JSON object
    /// @throws InvalidRequestException when something in it is wrong
    Item item(JsonNode json) {
        if (!json.isObject()) {
            throw notAnObject("line");
        }
        ListenerRequest request = bodies.read(json, ListenerRequest.class, true);
        return new Item(
                request.toSpec(null, stored(String.valueOf(request.name()))),
                replicas.areMeant(request.replica()));
    }

    /// The addresses that are stored under a name.
    Set<String> stored(String name) {
        return listeners.get(name).stream()
                .map(found -> AddressText.of(found.definition().spec().bind()))
                .collect(Collectors.toSet());
    }

    /// A listener as a patch wants it.
    ///
    /// @throws JacksonException when a field of the whole has the wrong form
    /// @throws InvalidRequestException when the whole would not be valid
    ListenerSpec patched(StoredListener current, JsonNode patch) {
        if (!(patch instanceof ObjectNode wanted)) {
            throw notAnObject("body");
        }
        ObjectNode before = mapper.valueToTree(ListenerRequest.written(current.spec()));
        if (isOtherType(before.path(BEHAVIOUR), wanted.path(BEHAVIOUR))) {
            // Its fields are not those of the behaviour before.
            before.remove(BEHAVIOUR);
        }
        JsonNode after = MergePatch.apply(before, wanted);
        return bodies.read(after, ListenerRequest.class, false)
                .toSpec(current.spec().name(), Set.of(AddressText.of(current.spec().bind())));
    }

    private static boolean isOtherType(JsonNode before, JsonNode wanted) {
        return wanted.has("type") && !wanted.path("type").equals(before.path("type"));
    }

    private static InvalidRequestException notAnObject(String field) {
        return new InvalidRequestException(
                List.of(InvalidField.of(field, null, "a JSON object is expected")));
    }
}
