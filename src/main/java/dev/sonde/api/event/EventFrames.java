package dev.sonde.api.event;

import dev.sonde.api.listener.ListenerEventView;
import dev.sonde.api.maintenance.MaintenanceEventView;
import dev.sonde.api.probe.TransitionView;
import dev.sonde.api.result.ResultJson;
import dev.sonde.api.result.ResultView;
import dev.sonde.result.Event;
import dev.sonde.web.CallerPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Events in the form of the stream. Each is written once. Subscribers below the same path share it
/// if they read it at about the same time. Safe for any thread.
@Component
final class EventFrames {

    private static final int SHARED = 1_024;
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] END = {'\n', '\n'};

    private final JsonMapper mapper;
    private final AtomicReferenceArray<@Nullable Frame> frames = new AtomicReferenceArray<>(SHARED);

    private static final class Frame {

        private final long id;

        /// The path that its links begin with.
        private final String base;

        private final byte[] bytes;

        Frame(long id, String base, byte[] bytes) {
            this.id = id;
            this.base = base;
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
        String base = CallerPath.base();
        if (shared == null || shared.id != id || !shared.base.equals(base)) {
            shared = new Frame(id, base, write(id, event));
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
