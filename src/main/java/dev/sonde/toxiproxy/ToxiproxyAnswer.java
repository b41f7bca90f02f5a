package dev.sonde.toxiproxy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An answer of the API.
///
/// @param body absent where there is none
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record ToxiproxyAnswer(int status, String type, byte @Nullable [] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ToxiproxyAnswer json(int status, Object value) {
        return new ToxiproxyAnswer(status, "application/json", JSON.writeValueAsBytes(value));
    }

    static ToxiproxyAnswer none() {
        return new ToxiproxyAnswer(204, "application/json", null);
    }

    static ToxiproxyAnswer text(int status, String text) {
        return new ToxiproxyAnswer(
                status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
