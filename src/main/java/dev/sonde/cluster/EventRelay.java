package dev.sonde.cluster;

import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The queue of results and transitions of this replica's probes for the other replicas. Many
/// threads add, one takes; nobody waits.
///
/// A full relay drops the oldest. Others see a gap in the stream of events and nothing else,
/// because the database holds results and states.
final class EventRelay implements ResultSink, TransitionSink {

    private static final int MOST = 50_000;

    private final Queue<MemberMessage.Event> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /// Written by the cluster's thread, read by loops.
    private volatile boolean hasReaders;

    /// @param hasReaders whether there are other replicas
    void setReaders(boolean hasReaders) {
        this.hasReaders = hasReaders;
    }

    @Override
    public void accept(ProbeResult result) {
        String probe = result.probe();
        if (hasReaders && probe != null) {
            add(new MemberMessage.Event.Ran(result, probe));
        }
    }

    @Override
    public void accept(Transition transition) {
        if (hasReaders) {
            add(new MemberMessage.Event.Changed(transition));
        }
    }

    private void add(MemberMessage.Event event) {
        waiting.add(event);
        if (size.incrementAndGet() > MOST && waiting.poll() != null) {
            size.decrementAndGet();
        }
    }

    /// The oldest, at most so many.
    List<MemberMessage.Event> take(int most) {
        List<MemberMessage.Event> taken = new ArrayList<>();
        for (MemberMessage.Event event = waiting.poll(); event != null; event = waiting.poll()) {
            taken.add(event);
            if (taken.size() == most) {
                break;
            }
        }
        size.addAndGet(-taken.size());
        return taken;
    }
}
