package dev.sonde.listen;

import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.record.FourTuple;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Side;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Puts both sides of a connection between an attempt and an own listener on one clock. Both take
/// their times from the loops' ticker. The addresses and ports of both ends identify the
/// connection. Safe for any thread.
final class OwnTimelines implements ListenerTimelines {

    private final ListenEngine engine;

    OwnTimelines(ListenEngine engine) {
        this.engine = engine;
    }

    @Override
    public void whenSeen(ProbeResult result, Consumer<ProbeResult> then) {
        if (mayHaveMetAListener(result)) {
            AfterNextSelect.ofAll(engine.lanes().all(), () -> then.accept(join(result)));
        } else {
            then.accept(result);
        }
    }

    @Override
    public ProbeResult join(ProbeResult result) {
        List<AttemptResult> joined = result.attempts().stream().map(this::join).toList();
        return joined.equals(result.attempts()) ? result : result.withAttempts(joined);
    }

    /// Asked for every probe, on the loop: it allocates nothing.
    private boolean mayHaveMetAListener(ProbeResult result) {
        List<AttemptResult> attempts = result.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            if (mayHaveMetAListener(attempts.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean mayHaveMetAListener(AttemptResult attempt) {
        InetSocketAddress remote = attempt.remote();
        return attempt.local() != null
                && remote != null
                && engine.sockets().ports().mayListenAt(remote);
    }

    private AttemptResult join(AttemptResult attempt) {
        InetSocketAddress client = attempt.local();
        InetSocketAddress listener = attempt.remote();
        Long sinceNanos = attempt.connectAtNanos();
        if (client == null || listener == null || sinceNanos == null) {
            return attempt;
        }
        return engine.records()
                .traces()
                .find(new FourTuple(client, listener), sinceNanos)
                .map(log -> log.timelineSince(sinceNanos))
                .filter(seen -> isOfTheSameConnection(attempt.timeline(), seen))
                .map(seen -> attempt.withTimeline(merge(attempt.timeline(), seen)))
                .orElse(attempt);
    }

    /// Ports are reused, so a joined connection must begin at the same time.
    private static boolean isOfTheSameConnection(
            List<TimelineEvent> known, List<TimelineEvent> seen) {
        Optional<TimelineEvent> first =
                known.stream().filter(event -> event.side() == Side.LISTENER).findFirst();
        return first.isEmpty() || first.get().equals(seen.getFirst());
    }

    private static List<TimelineEvent> merge(List<TimelineEvent> known, List<TimelineEvent> seen) {
        List<TimelineEvent> all = new ArrayList<>(known.size() + seen.size());
        known.stream().filter(event -> event.side() == Side.CLIENT).forEach(all::add);
        all.addAll(seen);
        all.sort(Comparator.comparingLong(TimelineEvent::atMicros));
        return all;
    }
}
