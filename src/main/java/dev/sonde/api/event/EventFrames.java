package dev.sonde.api.event;

import dev.sonde.api.listener.ListenerEventView;
import dev.sonde.api.maintenance.MaintenanceEventView;
import dev.sonde.api.probe.TransitionView;
import dev.sonde.api.result.ResultJson;
import dev.sonde.api.result.ResultView;
import dev.sonde.result.Event;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Events in the form of the stream. Each is written once and shared by subscribers that read it at
/// about the same time. Safe for any thread.
@Component
final class EventFrames {

    private static final int SHARED = 1_024;
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] END = {'\n', '\n'};

    private final JsonMapper mapper;
    private final AtomicReferenceArray<@Nullable Frame> frames = new AtomicReferenceArray<>(SHARED);

    private static final class Frame {

        private final long id;
        private final byte[] bytes;

        Frame(long id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }
    }

    EventFrames(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// Not to be changed by the caller.
    byte[] of(long id, Event event) {
        int slot = Math.floorMod(id, SHARED);
        Frame shared = frames.get(slot);
        if (shared == null || shared.id != id) {
            shared = new Frame(id, write(id, event));
            frames.set(slot, shared);
        }
        return shared.bytes;
    }

    private byte[] write(long id, Event event) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(1_024);
        frame.writeBytes(
                ("id: " + id + "\nevent: " + event.type() + "\ndata: ")
                        .getBytes(StandardCharsets.US_ASCII));
        switch (event) {
            case Event.OfResult result -> {
                try (JsonGenerator json =
                        FACTORY.createGenerator(ObjectWriteContext.empty(), frame)) {
                    ResultJson.write(json, ResultView.of(result.result()));
                }
            }
            case Event.OfTransition transition ->
                    frame.writeBytes(
                            mapper.writeValueAsBytes(TransitionView.of(transition.transition())));
            case Event.OfListener listener ->
                    frame.writeBytes(mapper.writeValueAsBytes(ListenerEventView.of(listener)));
            case Event.OfMaintenance maintenance ->
                    frame.writeBytes(
                            mapper.writeValueAsBytes(MaintenanceEventView.of(maintenance.event())));
        }
        frame.writeBytes(END);
        return frame.toByteArray();
    }
}
