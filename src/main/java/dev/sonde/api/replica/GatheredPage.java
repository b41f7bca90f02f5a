package dev.sonde.api.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One page of a list, merged from the pages of several replicas. For one thread.
final class GatheredPage {

    private final SortedMap<String, JsonNode> items;
    private final List<String> missing = new ArrayList<>();
    private final GatheredOrder order;
    private boolean hasMore;

    GatheredPage(GatheredOrder order) {
        this.order = order;
        this.items = new TreeMap<>(order.places());
    }

    /// Adds the page of one replica, which starts at the same place.
    void add(String replica, ObjectNode page) {
        for (JsonNode item : page.path("items")) {
            if (item instanceof ObjectNode object) {
                put(replica, object);
            }
        }
        hasMore |= page.has("next");
    }

    private void put(String replica, ObjectNode item) {
        String place = order.placeOf(item);
        if (!ReplicaParts.isOfAll(item)) {
            if (!item.path("replica").asString("").equals(ChosenReplica.ALL)) {
                item.put("replica", replica);
            }
            items.putIfAbsent(place, item);
        } else if (items.get(place) instanceof ObjectNode whole && ReplicaParts.isOfAll(whole)) {
            ReplicaParts.add(whole, item, replica);
        } else {
            items.putIfAbsent(place, ReplicaParts.begin(item, replica));
        }
    }

    /// A replica that did not answer.
    void addMissing(String replica) {
        missing.add(replica);
    }

    /// @param cursor the cursor of a place
    ObjectNode toTree(ObjectNode page, int limit, UnaryOperator<String> cursor) {
        List<String> places = items.keySet().stream().limit(limit).toList();
        var written = page.putArray("items");
        places.forEach(place -> written.add(items.get(place)));
        if (!places.isEmpty() && (hasMore || items.size() > limit)) {
            page.put("next", cursor.apply(places.getLast()));
        }
        if (!missing.isEmpty()) {
            var names = page.putArray("incomplete");
            missing.forEach(names::add);
        }
        return page;
    }
}
