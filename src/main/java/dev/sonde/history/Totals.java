package dev.sonde.history;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Phase;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The outcomes of the runs of a stretch of time. Owned by its holder.
public final class Totals {

    private long succeeded;
    private long notProbed;
    private long synRetransmits;
    private long unwatchedMillis;
    private final Map<String, Long> failed = new TreeMap<>();
    private final Distribution connect = new Distribution();
    private final Distribution rtt = new Distribution();

    /// Adds a run. Its connect time counts where the connect was completed.
    void add(ProbeResult result) {
        AttemptResult deciding = result.deciding();
        switch (deciding.outcome()) {
            case Outcome.Succeeded _ -> {
                succeeded++;
                measure(deciding);
            }
            case Outcome.Failed bad -> {
                failed.merge(bad.reason().label(), 1L, Long::sum);
                if (bad.phase().compareTo(Phase.CONNECT) > 0) {
                    measure(deciding);
                }
            }
            case Outcome.NotProbed _ -> notProbed++;
        }
        Long repeated = deciding.evidence().synRetransmits();
        synRetransmits += repeated == null ? 0 : repeated;
    }

    private void measure(AttemptResult attempt) {
        for (PhaseTime phase : attempt.phases()) {
            if (phase.phase() == Phase.CONNECT) {
                connect.add(TimeUnit.NANOSECONDS.toMicros(phase.tookNanos()));
            }
        }
        Long measured = attempt.evidence().rttMicros();
        if (measured != null) {
            rtt.add(measured);
        }
    }

    public void merge(Totals other) {
        count(other.succeeded, other.notProbed, other.synRetransmits);
        addUnwatched(other.unwatchedMillis);
        other.failed.forEach(this::addFailed);
        connect.merge(other.connect);
        rtt.merge(other.rtt);
    }

    void count(long moreSucceeded, long moreNotProbed, long moreSynRetransmits) {
        succeeded += moreSucceeded;
        notProbed += moreNotProbed;
        synRetransmits += moreSynRetransmits;
    }

    void addFailed(String reason, long runs) {
        failed.merge(reason, runs, Long::sum);
    }

    /// Nobody looked for so long before a run of this stretch.
    void addUnwatched(long millis) {
        unwatchedMillis += millis;
    }

    void clear() {
        succeeded = 0;
        notProbed = 0;
        synRetransmits = 0;
        unwatchedMillis = 0;
        failed.clear();
        connect.clear();
        rtt.clear();
    }

    public long runs() {
        return succeeded + failed() + notProbed;
    }

    public long succeeded() {
        return succeeded;
    }

    public long failed() {
        long sum = 0;
        for (long runs : failed.values()) {
            sum += runs;
        }
        return sum;
    }

    /// By reason.
    Map<String, Long> failures() {
        return failed;
    }

    /// The reason of most failed runs; absent where none failed.
    public @Nullable String worst() {
        return failed.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    public long notProbed() {
        return notProbed;
    }

    public long synRetransmits() {
        return synRetransmits;
    }

    public long unwatchedMillis() {
        return unwatchedMillis;
    }

    public Distribution connect() {
        return connect;
    }

    public Distribution rtt() {
        return rtt;
    }
}
