package dev.sonde.attempt.connect;

import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.spec.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The outcome of a connect that nothing answered in time, with what is known of its SYNs.
public final class TimeoutOutcome {

    private TimeoutOutcome() {}

    public static Outcome outcome(
            Duration timeout, List<TimelineEvent> timeline, Evidence evidence) {
        String within = "no answer within %d ms".formatted(timeout.toMillis());
        Long repeated = evidence.synRetransmits();
        String detail =
                repeated == null
                        ? within
                                + ": a filter drops the SYN, the accept queue is full, or the"
                                + " host is gone"
                        : "%s: %s, so a filter drops %s, the accept queue is full, or the host is gone"
                                .formatted(
                                        within,
                                        sent(repeated, timeline),
                                        repeated == 0 ? "it" : "them");
        return new Outcome.Failed(FailureReason.TIMED_OUT, Phase.CONNECT, detail);
    }

    private static String sent(long repeated, List<TimelineEvent> timeline) {
        if (repeated == 0) {
            return "1 SYN went unanswered";
        }
        StringBuilder times = new StringBuilder("0");
        for (TimelineEvent event : timeline) {
            if (event.kind() == TimelineEvent.Kind.SYN_RETRANSMITTED) {
                times.append(String.format(Locale.ROOT, ", %.1f", event.atMicros() / 1e6));
            }
        }
        return "%d SYNs went unanswered, sent at %s s".formatted(repeated + 1, times);
    }
}
