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

    /// Decided runs outside of maintenance, as expected and not.
    private long good;

    private long bad;

    private long inMaintenance;

    /// Of those two, runs that turned out to be in maintenance later.
    private long silencedGood;

    private long silencedBad;
    private final Map<String, Long> failed = new TreeMap<>();
    private final Distribution connect = new Distribution();
    private final Distribution rtt = new Distribution();
    private final Distribution lateness = new Distribution();

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
        judge(result);
        Long late = result.latenessMicros();
        if (late != null) {
            lateness.add(late);
        }
        Long repeated = deciding.evidence().synRetransmits();
        synRetransmits += repeated == null ? 0 : repeated;
    }

    private void judge(ProbeResult result) {
        if (result.inMaintenance()) {
            inMaintenance++;
            return;
        }
        switch (result.verdict()) {
            case GOOD, DEGRADED -> good++;
            case BAD -> bad++;
            case NONE -> {}
        }
    }

    /// The figures to add if a counted run turns out to have been in maintenance.
    public static Totals silenced(ProbeResult result) {
        Totals less = new Totals();
        less.inMaintenance = 1;
        switch (result.verdict()) {
            case GOOD, DEGRADED -> less.silencedGood = 1;
            case BAD -> less.silencedBad = 1;
            case NONE -> {}
        }
        return less;
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
        lateness.merge(other.lateness);
        judged(other.good, other.bad);
        silenced(other.silencedGood, other.silencedBad, other.inMaintenance);
    }

    void count(long moreSucceeded, long moreNotProbed, long moreSynRetransmits) {
        succeeded += moreSucceeded;
        notProbed += moreNotProbed;
        synRetransmits += moreSynRetransmits;
    }

    void judged(long moreGood, long moreBad) {
        good += moreGood;
        bad += moreBad;
    }

    void silenced(long moreGood, long moreBad, long runs) {
        silencedGood += moreGood;
        silencedBad += moreBad;
        inMaintenance += runs;
    }

    void addFailed(String reason, long runs) {
        failed.merge(reason, runs, Long::sum);
    }

    /// Adds unwatched time before a run of this stretch.
    void addUnwatched(long millis) {
        unwatchedMillis += millis;
    }

    void clear() {
        succeeded = 0;
        notProbed = 0;
        synRetransmits = 0;
        unwatchedMillis = 0;
        good = 0;
        bad = 0;
        silencedGood = 0;
        silencedBad = 0;
        inMaintenance = 0;
        failed.clear();
        connect.clear();
        rtt.clear();
        lateness.clear();
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

    /// The numbers of failures by reason.
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

    /// Decided runs that were as expected, without those in maintenance.
    public long good() {
        return good - silencedGood;
    }

    /// Decided runs that were not as expected, likewise.
    public long bad() {
        return bad - silencedBad;
    }

    public long inMaintenance() {
        return inMaintenance;
    }

    long countedGood() {
        return good;
    }

    long countedBad() {
        return bad;
    }

    long silencedGood() {
        return silencedGood;
    }

    long silencedBad() {
        return silencedBad;
    }

    /// From the planned start of a run to its actual one.
    public Distribution lateness() {
        return lateness;
    }

    public Distribution connect() {
        return connect;
    }

    public Distribution rtt() {
        return rtt;
    }
}
