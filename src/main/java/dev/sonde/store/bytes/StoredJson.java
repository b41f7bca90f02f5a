package dev.sonde.store.bytes;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The stored form of JSON. A version ignores unknown fields of a later one. A field that an
/// earlier version did not write has its default.
public final class StoredJson {

    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private StoredJson() {}
}
