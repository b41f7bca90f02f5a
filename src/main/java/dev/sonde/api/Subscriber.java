package dev.sonde.api;

import dev.sonde.result.Event;
import dev.sonde.result.EventLog;
import jakarta.servlet.AsyncContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// One reader of the event stream. It has a thread, a virtual one, only while something is written
/// to it; who is slow holds up nobody else.
///
/// ```
///        something is there            more is there
///   IDLE ------------------> WRITING ----------------> WRITING_MORE
///     ^                      |     ^                        |
///     +--- nothing is left --+     +------ looks again -----+
///
///   any state -- the reader or the service goes away --> CLOSED
/// ```
final class Subscriber {

    private static final int AT_ONCE = 256;
    private static final int BUFFER_BYTES = 16 * 1_024;
    private static final byte[] HEARTBEAT = {':', '\n', '\n'};

    private enum State {
        IDLE,
        WRITING,
        WRITING_MORE,
        CLOSED
    }

    private final AsyncContext request;
    private final EventFilter filter;
    private final EventLog log;
    private final EventFrames frames;
    private final AtomicReference<State> state = new AtomicReference<>(State.WRITING);

    /// The next event to be looked at. Belongs to the writing thread while there is one, else to
    /// the dispatcher; the state hands it over.
    private long next;

    /// When something was last written, on the ticker; handed over likewise.
    private long writtenNanos;

    Subscriber(AsyncContext request, EventFilter filter, EventLog log, EventFrames frames) {
        this.request = request;
        this.filter = filter;
        this.log = log;
        this.frames = frames;
    }

    /// Writes what is kept from `start` on; to be called once, by the thread that made it.
    void begin(EventStart start, Runnable whenClosed) {
        next = start.from();
        Thread.startVirtualThread(
                () ->
                        write(
                                start.isGap() ? lost(start.from() - 1, 0, true) : HEARTBEAT,
                                whenClosed));
    }

    boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    /// Called by the dispatcher alone: something new is in the log.
    void onEvents(EventLog.Part part, Runnable whenClosed) {
        if (state.compareAndSet(State.WRITING, State.WRITING_MORE) || state.get() != State.IDLE) {
            return;
        }
        if (part.lost() > 0 || part.events().stream().anyMatch(filter::matches)) {
            wake(new byte[0], whenClosed);
        } else {
            next = Math.max(next, part.nextId());
        }
    }

    /// Called by the dispatcher alone.
    void beat(long nowNanos, long everyNanos, Runnable whenClosed) {
        if (state.get() == State.IDLE && nowNanos - writtenNanos >= everyNanos) {
            wake(HEARTBEAT, whenClosed);
        }
    }

    /// The one end: nothing is written any more, and the request is over.
    void close() {
        if (state.getAndSet(State.CLOSED) != State.CLOSED) {
            try {
                request.complete();
            } catch (IllegalStateException _) {
                // The server has ended it already.
            }
        }
    }

    private void wake(byte[] first, Runnable whenClosed) {
        if (state.compareAndSet(State.IDLE, State.WRITING)) {
            Thread.startVirtualThread(() -> write(first, whenClosed));
        }
    }

    private void write(byte[] first, Runnable whenClosed) {
        try {
            OutputStream out =
                    new BufferedOutputStream(request.getResponse().getOutputStream(), BUFFER_BYTES);
            out.write(first);
            do {
                drain(out);
                out.flush();
                writtenNanos = System.nanoTime();
            } while (!isDone());
        } catch (IOException | IllegalStateException _) {
            // The reader has gone, or did not read for longer than the server waits.
            close();
            whenClosed.run();
        }
    }

    private boolean isDone() {
        return state.compareAndSet(State.WRITING, State.IDLE)
                || (!state.compareAndSet(State.WRITING_MORE, State.WRITING) && isClosed());
    }

    private void drain(OutputStream out) throws IOException {
        EventLog.Part part = log.read(next, AT_ONCE);
        while (!isClosed() && (part.lost() > 0 || !part.events().isEmpty())) {
            if (part.lost() > 0) {
                out.write(lost(part.firstId() - 1, part.lost(), false));
            }
            write(out, part);
            next = part.nextId();
            part = log.read(next, AT_ONCE);
        }
    }

    private void write(OutputStream out, EventLog.Part part) throws IOException {
        List<Event> events = part.events();
        for (int i = 0; i < events.size(); i++) {
            if (filter.matches(events.get(i))) {
                out.write(frames.of(part.firstId() + i, events.get(i)));
            }
        }
    }

    /// Carries the number of the last event that was lost, so that it is told once.
    private static byte[] lost(long id, long count, boolean isRestart) {
        String more = isRestart ? ",\"restarted\":true" : "";
        return "id: %d\nevent: lost\ndata: {\"count\":%d%s}\n\n"
                .formatted(id, count, more)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
