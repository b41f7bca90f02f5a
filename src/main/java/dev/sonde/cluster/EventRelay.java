package dev.sonde.cluster;

import dev.sonde.cluster.member.MemberMessage.Event;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import dev.sonde.result.EventInterest;
import dev.sonde.schedule.plan.ScheduleObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// The queue of this replica's events for the other replicas: transitions and changes of an outcome
/// for all of them, results for those that have a subscriber of the probe. Many threads add, one
/// takes; nobody waits.
///
/// A full relay drops the oldest. Others see a gap in the stream of events and nothing else,
/// because the database holds results and states.
public final class EventRelay implements ResultSink, TransitionSink, ScheduleObserver {

    private static final int MOST = 50_000;

    private final Queue<Event> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /// Whether the taker knows that events wait. Set by any thread that adds, cleared by the taker.
    private final AtomicBoolean isAnnounced = new AtomicBoolean();

    /// Wakes the taker; set once, by the thread that starts it.
    private volatile Runnable wake = () -> {};

    /// Written by the cluster's thread of views, read by loops and by the sender; so is the next.
    private volatile boolean hasReaders;

    private volatile Wanted wanted = new Wanted(Map.of(), EventInterest.NONE);

    /// @param byMember only members that want something
    private record Wanted(Map<UUID, EventInterest> byMember, EventInterest all) {}

    /// @param hasReaders whether there are other replicas
    void setReaders(boolean hasReaders) {
        this.hasReaders = hasReaders;
    }

    /// @param byMember interests of the members that want results
    void setInterests(Map<UUID, EventInterest> byMember) {
        if (!byMember.equals(wanted.byMember())) {
            wanted =
                    new Wanted(
                            Map.copyOf(byMember),
                            byMember.values().stream()
                                    .reduce(EventInterest.NONE, EventInterest::and));
        }
    }

    @Override
    public void accept(ProbeResult result) {
        String probe = result.probe();
        if (probe != null && hasReaders && wanted.all().wants(probe)) {
            add(new Event.Ran(result, probe));
        }
    }

    @Override
    public void accept(Transition transition) {
        if (hasReaders) {
            add(new Event.Changed(transition));
        }
    }

    @Override
    public void onTurn(ProbeResult result) {
        String probe = result.probe();
        if (probe != null && hasReaders) {
            add(new Event.Turned(result, probe));
        }
    }

    @Override
    public void onStart(long latenessNanos) {}

    @Override
    public void onSkip(long runs) {}

    private void add(Event event) {
        waiting.add(event);
        if (size.incrementAndGet() > MOST && waiting.poll() != null) {
            size.decrementAndGet();
        }
        announce();
    }

    private void announce() {
        if (!isAnnounced.get() && isAnnounced.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /// From now on `wake` runs on the thread that adds the first event after each [#begin].
    void onAdded(Runnable wake) {
        this.wake = wake;
        isAnnounced.set(false);
        if (!waiting.isEmpty()) {
            announce();
        }
    }

    /// The taker takes all that waits, and is woken by what comes after.
    void begin() {
        isAnnounced.set(false);
    }

    /// The oldest, at most so many.
    public List<Event> take(int most) {
        List<Event> taken = new ArrayList<>();
        for (Event event = waiting.poll(); event != null; event = waiting.poll()) {
            taken.add(event);
            if (taken.size() == most) {
                break;
            }
        }
        size.addAndGet(-taken.size());
        return taken;
    }

    /// Whether all members want the same of these.
    public boolean isForAll(List<Event> events) {
        return events.stream().noneMatch(Event.Ran.class::isInstance);
    }

    /// Those of some events that a member wants.
    public List<Event> wantedBy(UUID member, List<Event> events) {
        EventInterest interest = wanted.byMember().getOrDefault(member, EventInterest.NONE);
        return events.stream()
                .filter(event -> !(event instanceof Event.Ran ran) || interest.wants(ran.probe()))
                .toList();
    }
}
