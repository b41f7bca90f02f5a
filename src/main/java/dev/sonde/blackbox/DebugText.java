package dev.sonde.blackbox;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// An answer for a person: what happened, the metrics that it gives, and the module.
final class DebugText {

    private static final long NANOS_PER_MICRO = 1_000;

    private final StringBuilder text = new StringBuilder(2_048);
    private final Answer answer;

    private DebugText(Answer answer) {
        this.answer = answer;
    }

    static String of(Answer answer) {
        DebugText own = new DebugText(answer);
        own.text.append("Logs for the probe:\n");
        own.log();
        own.text
                .append("\n\n\nMetrics that would have been returned:\n")
                .append(ScrapeGauges.of(answer))
                .append("\n\n\nModule configuration:\n")
                .append(ModuleText.of(answer.module().yaml()));
        return own.text.toString();
    }

    private void log() {
        line(answer.at(), "Beginning probe", "timeout_seconds", seconds(answer.timeout()));
        ProbeResult result = answer.result();
        if (result == null) {
            line(answer.at(), "Target or hostname cannot be read", "problem", answer.problem());
            return;
        }
        for (AttemptResult attempt : result.attempts()) {
            attempt(attempt);
        }
        boolean isSuccess = answer.isSuccess();
        Duration took = Duration.ofNanos(result.deciding().tookNanos());
        line(
                answer.at().plus(took),
                isSuccess ? "Probe succeeded" : "Probe failed",
                "duration_seconds",
                seconds(took));
    }

    private void attempt(AttemptResult attempt) {
        Instant at = answer.at();
        Instant connectAt = at;
        for (PhaseTime phase : attempt.phases()) {
            connectAt = phase.phase() == Phase.CONNECT ? at : connectAt;
            at = at.plusNanos(phase.tookNanos());
            line(
                    at,
                    "Phase ended",
                    "phase",
                    phase.phase().label(),
                    "took_micros",
                    Long.toString(phase.tookNanos() / NANOS_PER_MICRO));
        }
        if (attempt.remote() != null) {
            line(
                    at,
                    "Tried",
                    "remote",
                    AddressText.of(attempt.remote()),
                    "local",
                    attempt.local() == null ? null : AddressText.of(attempt.local()));
        }
        for (TimelineEvent event : attempt.timeline()) {
            line(
                    connectAt.plus(event.atMicros(), ChronoUnit.MICROS),
                    "Event",
                    "at_micros",
                    Long.toString(event.atMicros()),
                    "event",
                    event.kind().label(),
                    "errno",
                    event.errno());
        }
        Outcome outcome = attempt.outcome();
        line(at, "Outcome", "outcome", outcome.label(), "reason", outcome.reasonLabel());
        if (outcome.detail() != null) {
            line(at, outcome.detail());
        }
    }

    /// @param pairs names and values in turn; what is absent is left out
    private void line(Instant at, String message, @Nullable String... pairs) {
        text.append("ts=")
                .append(at)
                .append(" module=")
                .append(Excerpt.quoted(answer.module().name()))
                .append(" target=")
                .append(Excerpt.quoted(answer.target()))
                .append(" msg=\"")
                .append(message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"');
        for (int i = 0; i < pairs.length; i += 2) {
            String value = pairs[i + 1];
            if (value != null) {
                text.append(' ').append(pairs[i]).append('=').append(Excerpt.quoted(value));
            }
        }
        text.append('\n');
    }

    private static String seconds(Duration duration) {
        return Double.toString(duration.toNanos() / 1e9);
    }
}
