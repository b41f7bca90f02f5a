package dev.sonde.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes a [ResultView] field by field: a stream of many thousand a second is worth the lines. It
/// writes what the mapper would; a test holds it to that.
final class ResultJson {

    private ResultJson() {}

    static void write(JsonGenerator json, ResultView result) {
        json.writeStartObject();
        json.writeStringProperty("id", result.id().toString());
        writeText(json, "probe", result.probe());
        json.writeStringProperty("target", result.target());
        json.writeStringProperty("startedAt", result.startedAt().toString());
        writeFields(json, result.deciding());
        List<AttemptView> attempts = result.attempts();
        if (attempts != null) {
            json.writeArrayPropertyStart("attempts");
            for (AttemptView attempt : attempts) {
                json.writeStartObject();
                writeFields(json, attempt);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, AttemptView attempt) {
        writeText(json, "remoteAddress", attempt.remoteAddress());
        writeText(json, "localAddress", attempt.localAddress());
        json.writeStringProperty("outcome", attempt.outcome());
        json.writeStringProperty("reason", attempt.reason());
        writeText(json, "phase", attempt.phase());
        writeText(json, "detail", attempt.detail());
        json.writeNumberProperty("tookMicros", attempt.tookMicros());
        json.writeArrayPropertyStart("phases");
        for (PhaseView phase : attempt.phases()) {
            json.writeStartObject();
            json.writeStringProperty("phase", phase.phase());
            json.writeNumberProperty("tookMicros", phase.tookMicros());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
