package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Target;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The result of one run of a probe.
///
/// @param id time-ordered (RFC 9562 version 7)
/// @param probe the name of the scheduled probe; absent for a check
/// @param attempts at least one; more than one only if each address of a name was tried
/// @param replica the name of the replica that ran it; absent for a single process
public record ProbeResult(
        UUID id,
        @Nullable String probe,
        Target target,
        Instant startedAt,
        List<AttemptResult> attempts,
        @Nullable String replica) {

    public ProbeResult {
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("a result needs an attempt");
        }
    }

    /// A result of the only replica there is.
    public ProbeResult(
            UUID id,
            @Nullable String probe,
            Target target,
            Instant startedAt,
            List<AttemptResult> attempts) {
        this(id, probe, target, startedAt, attempts, null);
    }

    public ProbeResult withAttempts(List<AttemptResult> others) {
        return new ProbeResult(id, probe, target, startedAt, others, replica);
    }

    /// The same as a run of a probe of this name.
    public ProbeResult withProbe(String name) {
        return new ProbeResult(id, name, target, startedAt, attempts, replica);
    }

    /// The same as found by a replica of this name.
    public ProbeResult withReplica(@Nullable String name) {
        return new ProbeResult(id, probe, target, startedAt, attempts, name);
    }

    /// The same without what may be large: of the attempts only the deciding one, without its steps
    /// and with a timeline that says that details were dropped.
    public ProbeResult withoutDetails() {
        return withAttempts(List.of(deciding().withoutDetails()));
    }

    /// The attempt that speaks for the whole: the first that failed, else the first that was not
    /// probed, else the slowest.
    public AttemptResult deciding() {
        if (attempts.size() == 1) {
            return attempts.getFirst();
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
}
