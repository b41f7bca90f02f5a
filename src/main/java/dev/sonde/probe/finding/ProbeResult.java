package dev.sonde.probe.finding;

import dev.sonde.probe.expect.Judgement;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.spec.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The result of one run of a probe.
///
/// @param id time-ordered (RFC 9562 version 7)
/// @param probe the name of the scheduled probe; absent for a check
/// @param attempts at least one; more than one only if several addresses of a name were tried
/// @param isAny whether one attempt that succeeded speaks for the whole (addresses: any)
/// @param replica the name of the replica that ran it; absent for a single process
/// @param judgement beside what was expected; absent without an expectation and for a run that
///     asked nothing
/// @param inMaintenance whether its probe was under maintenance when it started
/// @param latenessMicros from its planned start to its actual one; absent outside of a schedule
public record ProbeResult(
        UUID id,
        @Nullable String probe,
        Target target,
        Instant startedAt,
        List<AttemptResult> attempts,
        boolean isAny,
        @Nullable String replica,
        @Nullable Judgement judgement,
        boolean inMaintenance,
        @Nullable Long latenessMicros) {

    public ProbeResult {
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("a result needs an attempt");
        }
    }

    /// A result of which nothing was expected.
    public ProbeResult(
            UUID id,
            @Nullable String probe,
            Target target,
            Instant startedAt,
            List<AttemptResult> attempts,
            boolean isAny,
            @Nullable String replica) {
        this(id, probe, target, startedAt, attempts, isAny, replica, null, false, null);
    }

    /// A result of the only replica there is.
    public ProbeResult(
            UUID id,
            @Nullable String probe,
            Target target,
            Instant startedAt,
            List<AttemptResult> attempts) {
        this(id, probe, target, startedAt, attempts, false, null);
    }

    public ProbeResult withAttempts(List<AttemptResult> others) {
        return copy(probe, others, replica, judgement, inMaintenance, latenessMicros);
    }

    public ProbeResult withJudgement(@Nullable Judgement other) {
        return copy(probe, attempts, replica, other, inMaintenance, latenessMicros);
    }

    public ProbeResult withMaintenance(boolean isMaintained) {
        return isMaintained == inMaintenance
                ? this
                : copy(probe, attempts, replica, judgement, isMaintained, latenessMicros);
    }

    public ProbeResult withLateness(long micros) {
        return copy(probe, attempts, replica, judgement, inMaintenance, micros);
    }

    /// The same as a run of a probe of this name.
    public ProbeResult withProbe(String name) {
        return copy(name, attempts, replica, judgement, inMaintenance, latenessMicros);
    }

    /// The same as found by a replica of this name.
    public ProbeResult withReplica(@Nullable String name) {
        return copy(probe, attempts, name, judgement, inMaintenance, latenessMicros);
    }

    /// The only place that copies the fields that never change.
    private ProbeResult copy(
            @Nullable String named,
            List<AttemptResult> tried,
            @Nullable String foundBy,
            @Nullable Judgement judged,
            boolean isMaintained,
            @Nullable Long lateMicros) {
        return new ProbeResult(
                id,
                named,
                target,
                startedAt,
                tried,
                isAny,
                foundBy,
                judged,
                isMaintained,
                lateMicros);
    }

    /// The same with answers to questions beyond the deciding attempt.
    public ProbeResult withFindings(Findings findings) {
        AttemptResult deciding = deciding();
        List<AttemptResult> all = new ArrayList<>(attempts);
        all.replaceAll(
                attempt -> attempt.equals(deciding) ? attempt.withFindings(findings) : attempt);
        return withAttempts(all);
    }

    /// The same without large parts. Only the deciding attempt remains, without its steps. Its
    /// timeline has one event, which reports that details were dropped.
    public ProbeResult withoutDetails() {
        return withAttempts(List.of(deciding().withoutDetails()));
    }

    /// The attempt that decides the result. With `addresses: any` it is the one that succeeded.
    /// Otherwise it is the first failed one, else the first that was not probed, else the slowest.
    public AttemptResult deciding() {
        if (attempts.size() == 1) {
            return attempts.getFirst();
        }
        if (isAny) {
            for (AttemptResult attempt : attempts) {
                if (attempt.outcome() instanceof Outcome.Succeeded) {
                    return attempt;
                }
            }
        }
        AttemptResult deciding = attempts.getFirst();
        for (AttemptResult attempt : attempts) {
            if (weight(attempt) > weight(deciding)
                    || (weight(attempt) == 0
                            && weight(deciding) == 0
                            && attempt.tookNanos() > deciding.tookNanos())) {
                deciding = attempt;
            }
        }
        return deciding;
    }

    private static int weight(AttemptResult attempt) {
        return switch (attempt.outcome()) {
            case Outcome.Succeeded _ -> 0;
            case Outcome.NotProbed _ -> 1;
            case Outcome.Failed _ -> 2;
        };
    }

    public Outcome outcome() {
        return deciding().outcome();
    }

    /// Its verdict on its probe. Without an expectation only a run that succeeds is good.
    public Verdict verdict() {
        Outcome outcome = outcome();
        if (outcome instanceof Outcome.NotProbed) {
            return Verdict.NONE;
        }
        if (judgement == null) {
            return outcome instanceof Outcome.Succeeded ? Verdict.GOOD : Verdict.BAD;
        }
        if (!judgement.isExpected()) {
            return Verdict.BAD;
        }
        return judgement.unmet().isEmpty() ? Verdict.GOOD : Verdict.DEGRADED;
    }
}
