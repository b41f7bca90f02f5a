package dev.sonde.api.event;

import dev.sonde.result.Event;
import dev.sonde.result.EventInterest;
import dev.sonde.result.EventLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One reader of the event stream. Its request keeps its virtual thread, which is parked while
/// nothing is to be written. A slow reader delays nobody else.
///
/// ```
///           a new event                further events
///   IDLE ------------------> WRITING ----------------> WRITING_MORE
///     ^                      |     ^                        |
///     +--- nothing is left --+     +------ reads again -----+
///
///   any state -- the service stops --> CLOSED
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

    private final EventFilter filter;
    private final EventLog log;
    private final EventFrames frames;
    private final Thread thread = Thread.currentThread();
    private final boolean hasEnd;
    private final long endNanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.WRITING);

    /// The next event to be looked at. Belongs to the request's thread while it writes, else to the
    /// dispatcher; the state hands it over.
    private long next;

    /// When something was last written, on the ticker; handed over likewise.
    private long writtenNanos;

    /// To be made by the request's own thread.
    ///
    /// @param length how long it reads; without end when absent
    Subscriber(EventFilter filter, EventLog log, EventFrames frames, @Nullable Duration length) {
        this.filter = filter;
        this.log = log;
        this.frames = frames;
        this.hasEnd = length != null;
        this.endNanos = System.nanoTime() + (length == null ? 0 : length.toNanos());
    }

    /// Writes the kept events from `start` on, and the later ones, until its time has passed or the
    /// service stops.
    ///
    /// @throws IOException when the reader has gone, or does not read for longer than the server
    ///     waits
    void serve(OutputStream response, EventStart start) throws IOException {
        OutputStream out = new BufferedOutputStream(response, BUFFER_BYTES);
        next = start.from();
        if (start.isGap()) {
            out.write(lost(start.from() - 1, 0, true));
        }
        while (!isClosed() && !isOver()) {
            if (drain(out) == 0) {
                out.write(HEARTBEAT);
            }
            out.flush();
            writtenNanos = System.nanoTime();
            awaitMore();
        }
    }

    EventInterest interest() {
        return filter.interest();
    }

    /// The types that it reads.
    Collection<String> types() {
        return filter.typesRead();
    }

    /// Called only by the dispatcher: the log has a new event.
    void onEvents(EventLog.Part part) {
        if (state.compareAndSet(State.WRITING, State.WRITING_MORE) || state.get() != State.IDLE) {
            return;
        }
        if (part.lost() > 0 || part.events().stream().anyMatch(filter::matches)) {
            wake();
        } else {
            next = Math.max(next, part.nextId());
        }
    }

    /// Called only by the dispatcher.
    void beat(long nowNanos, long everyNanos) {
        if (state.get() == State.IDLE && nowNanos - writtenNanos >= everyNanos) {
            wake();
        }
    }

    void close() {
        state.set(State.CLOSED);
        LockSupport.unpark(thread);
    }

    private boolean isOver() {
        return hasEnd && endNanos - System.nanoTime() <= 0;
    }

    private boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    private void wake() {
        if (state.compareAndSet(State.IDLE, State.WRITING)) {
            LockSupport.unpark(thread);
        }
    }

    private void awaitMore() {
        if (state.compareAndSet(State.WRITING_MORE, State.WRITING)) {
            return;
        }
        state.compareAndSet(State.WRITING, State.IDLE);
        while (state.get() == State.IDLE) {
            if (hasEnd) {
                LockSupport.parkNanos(this, endNanos - System.nanoTime());
            } else {
                LockSupport.park(this);
            }
            if (Thread.interrupted() || isOver()) {
                close();
            }
        }
    }

    /// Answers how many frames were written.
    private int drain(OutputStream out) throws IOException {
        int written = 0;
        EventLog.Part part = log.read(next, AT_ONCE);
        while (!isClosed() && (part.lost() > 0 || !part.events().isEmpty())) {
            if (part.lost() > 0) {
                out.write(lost(part.firstId() - 1, part.lost(), false));
                written++;
            }
            written += write(out, part);
            next = part.nextId();
            part = log.read(next, AT_ONCE);
        }
        return written;
    }

    private int write(OutputStream out, EventLog.Part part) throws IOException {
        int written = 0;
        List<Event> events = part.events();
        for (int i = 0; i < events.size(); i++) {
            if (filter.matches(events.get(i))) {
                out.write(frames.of(part.firstId() + i, events.get(i)));
                written++;
            }
        }
        return written;
    }

    /// Carries the number of the last event that was lost, so that it is reported once.
    private static byte[] lost(long id, long count, boolean isRestart) {
        String more = isRestart ? ",\"restarted\":true" : "";
        return "id: %d\nevent: lost\ndata: {\"count\":%d%s}\n\n"
                .formatted(id, count, more)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
