package dev.sonde.api.replica;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/// The order of a gathered list, and the place of an item in it.
enum GatheredOrder {
    /// By ids, which begin with the time.
    NEWEST_FIRST("id", true),

    BY_NAME("name", false),

    /// By numbers, the largest first.
    BY_NUMBER("id", true) {
        @Override
        String placeOf(JsonNode item) {
            return "%019d".formatted(item.path("id").asLong());
        }
    };

    private final String field;
    private final boolean isDescending;

    GatheredOrder(String field, boolean isDescending) {
        this.field = field;
        this.isDescending = isDescending;
    }

    String placeOf(JsonNode item) {
        return item.path(field).asString("");
    }

    Comparator<String> places() {
        return isDescending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }
}
