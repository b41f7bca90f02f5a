package dev.sonde.result;

import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.keeping.ResultIds;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The latest events, numbered: a ring that every subscriber reads at a pace of its own. Its events
/// take a share of the heap, and the oldest go where that is full.
///
/// Subscribers have no queues: a slow one learns how many events it has missed. Numbers start at
/// the microseconds of the service's start. If the clock was set back, they start at those of the
/// latest stored result. They therefore grow over a restart, and a number from before it is
/// recognised as old. Safe for any thread. The object's own lock guards the ring and is held for a
/// few array accesses.
@Component
public final class EventLog implements ResultSink, TransitionSink {

    private final @Nullable Event[] ring;
    private final HeapShare memory;
    private final ResultBytes form;
    private final List<Consumer<Event>> readers = new CopyOnWriteArrayList<>();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    /// Written by the dispatcher of subscribers and their threads, read by the cluster's threads.
    private volatile EventInterest interest = EventInterest.NONE;

    private final long first;
    private long next;

    /// The number of the oldest kept event; [#next] without any.
    private long oldest;

    /// A part of the log.
    ///
    /// @param lost events that were pushed out before they could be read
    /// @param firstId the number of the first of `events`; the others follow
    /// @param events oldest first
    public record Part(long lost, long firstId, List<Event> events) {

        /// The begin of the part after this one.
        public long nextId() {
            return firstId + events.size();
        }
    }

    @Autowired
    EventLog(
            EventProperties properties,
            HeapLedger ledger,
            Clock clock,
            ResultIds ids,
            ResultBytes form) {
        this(properties.kept(), ledger.share("events"), clock, ids, form);
    }

    EventLog(int kept, HeapShare memory, Clock clock, ResultIds ids, ResultBytes form) {
        this.memory = memory;
        this.form = form;
        this.ring = new @Nullable Event[kept];
        this.first = Math.max(clock.millis(), ids.latestMillis() + 1) * 1_000;
        this.next = first;
        this.oldest = first;
    }

    @Override
    public void accept(ProbeResult result) {
        String probe = result.probe();
        if (probe != null) {
            append(new Event.OfResult(PackedResult.of(form, result), probe));
        }
    }

    @Override
    public void accept(Transition transition) {
        append(new Event.OfTransition(transition));
    }

    /// Runs `reader` after every new event, on the thread that brought it, often an event loop's:
    /// it must neither block nor throw.
    public void onAppend(Consumer<Event> reader) {
        readers.add(reader);
    }

    /// The results of other replicas' probes that somebody reads here.
    public EventInterest interest() {
        return interest;
    }

    /// Sets the interest of all subscribers.
    public void want(EventInterest next) {
        if (!next.equals(interest)) {
            interest = next;
            followers.forEach(Runnable::run);
        }
    }

    /// Runs `follower` after every change of the interest, on the thread that brought it.
    public void onInterest(Runnable follower) {
        followers.add(follower);
    }

    /// The number of the first event since the service started.
    public long first() {
        return first;
    }

    /// The begin for a reader that wants only new events.
    public synchronized long end() {
        return next;
    }

    /// The kept events from a number on, at most `most`.
    public synchronized Part read(long from, int most) {
        long start = Math.clamp(from, oldest, next);
        int count = (int) Math.min(most, next - start);
        Event[] events = new Event[count];
        for (int i = 0; i < count; i++) {
            events[i] = Objects.requireNonNull(ring[slot(start + i)]);
        }
        return new Part(Math.max(0, start - from), start, List.of(events));
    }

    void append(Event event) {
        memory.take(event.weight());
        synchronized (this) {
            if (next - oldest == ring.length) {
                dropOldest();
            }
            ring[slot(next)] = event;
            next++;
            while (memory.isOver() && next - oldest > 1) {
                dropOldest();
                memory.countDropped(1);
            }
        }
        for (Consumer<Event> reader : readers) {
            reader.accept(event);
        }
    }

    private void dropOldest() {
        int slot = slot(oldest);
        memory.giveBack(Objects.requireNonNull(ring[slot]).weight());
        ring[slot] = null;
        oldest++;
    }

    private int slot(long id) {
        return (int) ((id - first) % ring.length);
    }
}
