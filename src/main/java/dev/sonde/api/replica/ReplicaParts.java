package dev.sonde.api.replica;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The view of a listener that every replica opens, made of the view of each. For one thread.
final class ReplicaParts {

    private static final String REPLICA = "replica";
    private static final String STATE = "state";
    private static final String CONNECTIONS = "connections";
    private static final String REASON = "reason";
    private static final String DETAIL = "detail";
    private static final List<String> OF_ONE =
            List.of(STATE, REASON, DETAIL, "address", "acceptQueue", CONNECTIONS);

    /// The worst first.
    private static final List<String> STATES = List.of("failed", "expired", "paused", "listening");

    private ReplicaParts() {}

    /// Whether the item is such a listener; a definition has the word as well and no state.
    static boolean isOfAll(JsonNode item) {
        return item.path(REPLICA).asString("").equals(ChosenReplica.ALL) && item.has(STATE);
    }

    /// Turns the view of one replica into one of several, with a single part.
    static ObjectNode begin(ObjectNode view, String replica) {
        ObjectNode part = partOf(view, replica);
        OF_ONE.stream().filter(each -> !each.equals(STATE)).forEach(view::remove);
        view.remove("previousAddress");
        view.putArray("replicas");
        return add(view, part);
    }

    /// Adds the part of another replica.
    static ObjectNode add(ObjectNode whole, ObjectNode view, String replica) {
        return add(whole, partOf(view, replica));
    }

    private static ObjectNode partOf(ObjectNode view, String replica) {
        ObjectNode part = view.objectNode().put(REPLICA, replica);
        OF_ONE.forEach(
                name -> Optional.ofNullable(view.get(name)).ifPresent(v -> part.set(name, v)));
        return part;
    }

    private static ObjectNode add(ObjectNode whole, ObjectNode part) {
        ArrayNode parts = (ArrayNode) whole.path("replicas");
        parts.add(part);
        JsonNode worst = worst(parts);
        whole.set(STATE, worst.path(STATE));
        for (String name : List.of(REASON, DETAIL)) {
            Optional.ofNullable(worst.get(name)).ifPresent(value -> whole.set(name, value));
        }
        if (whole.get(CONNECTIONS) instanceof ObjectNode sum) {
            addUp(sum, part.path(CONNECTIONS));
        } else {
            whole.set(CONNECTIONS, part.path(CONNECTIONS).deepCopy());
        }
        return whole;
    }

    private static JsonNode worst(ArrayNode parts) {
        JsonNode worst = parts.get(0);
        for (JsonNode part : parts) {
            if (rank(part) < rank(worst)) {
                worst = part;
            }
        }
        return worst;
    }

    private static int rank(JsonNode part) {
        return STATES.indexOf(part.path(STATE).asString(""));
    }

    /// Adds every number of `other`, also those in objects.
    private static void addUp(ObjectNode sum, JsonNode other) {
        other.forEachEntry(
                (name, value) -> {
                    JsonNode there = sum.get(name);
                    if (there instanceof ObjectNode within) {
                        addUp(within, value);
                    } else if (value.isNumber()) {
                        sum.put(name, value.asLong() + (there == null ? 0 : there.asLong()));
                    }
                });
    }
}
