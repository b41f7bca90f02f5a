package dev.sonde.api.timeline;

import static dev.sonde.api.timeline.Party.KERNEL;
import static dev.sonde.api.timeline.Party.PEER;

import dev.sonde.api.timeline.DiagramStep.Fate;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TlsReport;
import org.jspecify.annotations.Nullable;

/// Segments that only the kernel's counters know: repetitions, keepalives, window updates. They
/// carry no time. For one thread.
final class CountedSteps {

    private final StepList steps;
    private @Nullable ObserveReport observed;
    private @Nullable HoldReport held;
    private @Nullable FloodReport flooded;
    private boolean isHoldDrawn;
    private boolean isUnheard;

    CountedSteps(AttemptResult attempt, StepList steps) {
        this.steps = steps;
        for (StepReport report : attempt.reports()) {
            switch (report) {
                case ObserveReport observe -> observed = observe;
                case HoldReport hold -> held = hold;
                case FloodReport flood -> flooded = flood;
                case TlsReport _, DialogueReport _ -> {}
            }
        }
    }

    /// Payload left the prober.
    void sent(String bytes) {
        steps.inferred(KERNEL, PEER, bytes, isUnacknowledged() ? Fate.IS_LOST : Fate.ARRIVES);
    }

    /// A stall of a flood.
    void stalled() {
        FloodReport flood = flooded;
        if (flood == null || flood.stall() == null) {
            return;
        }
        Long left = flood.unacknowledgedBytes();
        if (left != null) {
            String taken = Figures.count(flood.bytesTaken() - left);
            String all = Figures.count(flood.bytesTaken());
            steps.inferred(KERNEL, PEER, "%s of %s bytes arrive".formatted(taken, all));
        }
        switch (flood.stall()) {
            case ZERO_WINDOW -> {
                steps.inferred(PEER, KERNEL, "ACK, window 0: no room", Fate.HARMS);
                steps.inferred(KERNEL, PEER, "window probe");
                steps.inferred(PEER, KERNEL, "ACK, window 0: still no room", Fate.HARMS);
            }
            case ZERO_WINDOW_PEER_GONE -> {
                steps.inferred(PEER, KERNEL, "ACK, window 0: no room", Fate.HARMS);
                steps.inferred(
                        KERNEL,
                        PEER,
                        "window probe" + times(flood.unansweredProbes()),
                        Fate.IS_LOST);
            }
            case LOSS ->
                    steps.inferred(
                            KERNEL, PEER, "data again" + times(flood.retransmits()), Fate.IS_LOST);
            case SEND_BUFFER, UNKNOWN -> {}
        }
    }

    /// The end of a hold that nothing cut short.
    void held() {
        HoldReport hold = held;
        if (hold == null || isHoldDrawn) {
            return;
        }
        isHoldDrawn = true;
        long probes = number(hold.keepaliveProbes());
        long unanswered = Math.min(probes, number(hold.unansweredProbes()));
        if (probes - unanswered > 0) {
            steps.inferred(KERNEL, PEER, "keepalive" + times(probes - unanswered));
            steps.inferred(PEER, KERNEL, "ACK of the keepalive" + times(probes - unanswered));
        }
        if (unanswered > 0) {
            steps.inferred(KERNEL, PEER, "keepalive" + times(unanswered), Fate.IS_LOST);
        }
        if (number(hold.retransmits()) > 0) {
            steps.inferred(KERNEL, PEER, "data again" + times(hold.retransmits()), Fate.IS_LOST);
        }
    }

    /// An error ended the connection.
    void lost() {
        held();
        repeated();
    }

    /// The prober ends the connection.
    void ended() {
        held();
        if (!steps.isGone()) {
            repeated();
        }
    }

    private void repeated() {
        ObserveReport observe = observed;
        if (observe == null) {
            return;
        }
        observed = null;
        isUnheard = isUnacknowledged(observe);
        if (observe.verdict() == ObserveReport.Verdict.HALF_ESTABLISHED) {
            long count = number(observe.segmentsIn());
            steps.inferred(PEER, KERNEL, "SYN-ACK again" + times(count), Fate.HARMS);
        }
        if (isUnheard && number(observe.retransmits()) > 0) {
            steps.inferred(KERNEL, PEER, "data again" + times(observe.retransmits()), Fate.IS_LOST);
        }
        if (observe.verdict() == ObserveReport.Verdict.NO_ANSWER) {
            steps.inferred(PEER, PEER, "no answer", Fate.HARMS);
        }
    }

    private boolean isUnacknowledged() {
        return observed != null && isUnacknowledged(observed);
    }

    private static boolean isUnacknowledged(ObserveReport observe) {
        return switch (observe.verdict()) {
            case HALF_ESTABLISHED, UNACKNOWLEDGED -> true;
            case ANSWERING, SILENT, NO_ANSWER, CLOSED_BY_PEER, RESET, UNKNOWN -> false;
        };
    }

    /// The fate of a FIN: a peer that takes no data does not take it either.
    Fate finFate() {
        return isUnheard ? Fate.IS_LOST : Fate.ARRIVES;
    }

    /// The data that has to leave before a FIN can; null where there is none.
    @Nullable String waitingAtClose() {
        long left = flooded == null ? 0 : number(flooded.unsentBytes());
        return left == 0 ? null : Figures.count(left) + " bytes";
    }

    private static long number(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static String times(@Nullable Long count) {
        return count == null || count < 2 ? "" : " (" + count + " times)";
    }
}
