package dev.sonde.store.bytes;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How JSON is kept. A field that a later version brought is left out where it is not known, and
/// has its usual value where an earlier version wrote none.
public final class StoredJson {

    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private StoredJson() {}
}
