package dev.sonde.probe.finding;

import dev.sonde.probe.expect.Condition;
import dev.sonde.probe.expect.Expectation;
import dev.sonde.probe.expect.Judgement;
import dev.sonde.probe.expect.Unmet;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.TlsVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The comparison of a run with what was expected of it.
public final class ResultJudge {

    private static final long HUNDREDTHS = 10_000;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double HUNDREDTHS_PER_CENT = 100;

    private static final List<TlsVersion> VERSIONS = List.of(TlsVersion.values());

    private ResultJudge() {}

    /// The same result with its judgement; unchanged where nothing was expected, or nobody asked
    /// the target. Figures count only where the outcome was as expected.
    public static ProbeResult judge(ProbeResult result, @Nullable Expectation expected) {
        AttemptResult deciding = result.deciding();
        Outcome outcome = deciding.outcome();
        if (expected == null || outcome instanceof Outcome.NotProbed) {
            return result;
        }
        Unmet wrong = wrongOutcome(outcome, expected);
        if (wrong != null) {
            return result.withJudgement(new Judgement(false, List.of(wrong)));
        }
        List<Unmet> unmet = unmet(deciding, expected, result.startedAt());
        return result.withJudgement(unmet.isEmpty() ? Judgement.met() : new Judgement(true, unmet));
    }

    private static @Nullable Unmet wrongOutcome(Outcome outcome, Expectation expected) {
        boolean isFailure = outcome instanceof Outcome.Failed;
        if (isFailure != expected.isFailure()) {
            return new Unmet(Expectation.OUTCOME, expected.outcome(), outcome.label());
        }
        List<String> reasons = expected.reasons();
        return reasons.isEmpty() || reasons.contains(outcome.reasonLabel())
                ? null
                : new Unmet(Expectation.REASONS, String.join(", ", reasons), outcome.reasonLabel());
    }

    private static List<Unmet> unmet(AttemptResult attempt, Expectation expected, Instant at) {
        List<Unmet> unmet = List.of();
        List<Condition> conditions = expected.conditions();
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            Long found = measure(attempt, condition, at);
            if (found == null || !condition.holds(found)) {
                unmet = unmet.isEmpty() ? new ArrayList<>() : unmet;
                unmet.add(
                        new Unmet(
                                condition.measure().label(),
                                condition.text(),
                                found == null ? null : text(condition, found)));
            }
        }
        return unmet;
    }

    private static @Nullable Long measure(AttemptResult attempt, Condition condition, Instant at) {
        return switch (condition.measure()) {
            case CONNECT -> connectMicros(attempt);
            case RTT -> attempt.evidence().rttMicros();
            case SYN_RETRANSMITS -> attempt.evidence().synRetransmits();
            case CERTIFICATE_DAYS -> days(attempt, at);
            case CERTIFICATE_LIFETIME -> lifetime(attempt, at);
            case TLS_VERSION -> version(attempt);
        };
    }

    private static @Nullable Long connectMicros(AttemptResult attempt) {
        List<PhaseTime> phases = attempt.phases();
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).phase() == Phase.CONNECT) {
                return TimeUnit.NANOSECONDS.toMicros(phases.get(i).tookNanos());
            }
        }
        return null;
    }

    private static @Nullable TlsReport tls(AttemptResult attempt) {
        List<StepReport> reports = attempt.reports();
        for (int i = 0; i < reports.size(); i++) {
            if (reports.get(i) instanceof TlsReport tls) {
                return tls;
            }
        }
        return null;
    }

    private static @Nullable Long days(AttemptResult attempt, Instant at) {
        TlsReport tls = tls(attempt);
        return tls == null || tls.chain().isEmpty()
                ? null
                : (Long)
                        Math.floorDiv(
                                Duration.between(at, tls.endOfValidity()).toSeconds(), 86_400L);
    }

    private static @Nullable Long lifetime(AttemptResult attempt, Instant at) {
        TlsReport tls = tls(attempt);
        if (tls == null || tls.chain().isEmpty()) {
            return null;
        }
        CertificateFacts own = tls.chain().getFirst();
        long whole = Math.max(1, Duration.between(own.notBefore(), own.notAfter()).toSeconds());
        long left = Math.max(0, Duration.between(at, own.notAfter()).toSeconds());
        return Math.round((double) left / whole * HUNDREDTHS);
    }

    private static @Nullable Long version(AttemptResult attempt) {
        TlsReport tls = tls(attempt);
        String word = tls == null ? null : tls.version();
        for (int i = 0; i < VERSIONS.size(); i++) {
            if (VERSIONS.get(i).word().equals(word)) {
                return (long) i;
            }
        }
        return null;
    }

    private static String text(Condition condition, long found) {
        return switch (condition.measure()) {
            case CONNECT, RTT -> String.format(Locale.ROOT, "%.3fms", found / MICROS_PER_MILLI);
            case SYN_RETRANSMITS, CERTIFICATE_DAYS -> Long.toString(found);
            case CERTIFICATE_LIFETIME ->
                    String.format(Locale.ROOT, "%.2f%%", found / HUNDREDTHS_PER_CENT);
            case TLS_VERSION -> VERSIONS.get((int) found).word();
        };
    }
}
