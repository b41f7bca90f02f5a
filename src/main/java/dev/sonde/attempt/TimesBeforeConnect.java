package dev.sonde.attempt;

import dev.sonde.attempt.admission.Claim;
import dev.sonde.attempt.connect.Connect;
import dev.sonde.attempt.name.Resolution;
import dev.sonde.attempt.step.Steps;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.Phase;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The times until the address was known.
///
/// @param claim on the engine
/// @param submittedNanos when the probe was submitted
/// @param resolveNanos how long the look-up took; absent for a literal
/// @param lookup evidence of the look-up; absent for a literal
record TimesBeforeConnect(
        Claim claim,
        long submittedNanos,
        @Nullable Long resolveNanos,
        @Nullable NameEvidence lookup) {

    /// @param resolved the look-up; absent for a literal
    static TimesBeforeConnect of(
            Claim claim, long submittedNanos, Resolution.@Nullable Found resolved) {
        return resolved == null
                ? new TimesBeforeConnect(claim, submittedNanos, null, null)
                : new TimesBeforeConnect(
                        claim, submittedNanos, resolved.tookNanos(), resolved.evidence());
    }

    /// The result of an attempt that ends before its connect.
    AttemptResult unconnected(InetSocketAddress remote, Outcome outcome, long endedNanos) {
        return AttemptResult.unconnected(remote, outcome, phases(endedNanos)).withLookup(lookup);
    }

    /// The result of an attempt that came to a connect. It ends the steps and closes the socket.
    ///
    /// @param steps absent where none began
    AttemptResult connected(
            InetSocketAddress remote, Connect connect, @Nullable Steps steps, Outcome outcome) {
        long connectNanos = connect.tookNanos();
        if (steps != null) {
            steps.end();
        }
        connect.close();
        return new AttemptResult(
                remote,
                connect.local(),
                outcome,
                phases(
                        connect.startedNanos(),
                        connectNanos,
                        steps == null ? List.of() : steps.phases()),
                connect.evidence(),
                connect.timeline().events(),
                steps == null ? List.of() : steps.reports(),
                connect.startedNanos(),
                null,
                lookup);
    }

    long resolvedNanos() {
        return resolveNanos == null ? 0 : resolveNanos;
    }

    /// The phases of an attempt that ends before its connect. The time outside of the look-up and
    /// the connect is the prober's own delay.
    List<PhaseTime> phases(long endedNanos) {
        PhaseTime queue = queue(endedNanos);
        return resolveNanos == null
                ? List.of(queue)
                : List.of(queue, new PhaseTime(Phase.RESOLVE, resolveNanos));
    }

    /// The phases of an attempt that came to a connect.
    ///
    /// @param later those after the connect
    List<PhaseTime> phases(long connectCalledNanos, long connectNanos, List<PhaseTime> later) {
        PhaseTime queue = queue(connectCalledNanos);
        PhaseTime connect = new PhaseTime(Phase.CONNECT, connectNanos);
        if (later.isEmpty()) {
            return resolveNanos == null
                    ? List.of(queue, connect)
                    : List.of(queue, new PhaseTime(Phase.RESOLVE, resolveNanos), connect);
        }
        List<PhaseTime> all = new ArrayList<>(phases(connectCalledNanos));
        all.add(connect);
        all.addAll(later);
        return all;
    }

    private PhaseTime queue(long endedNanos) {
        return new PhaseTime(
                Phase.QUEUE, Math.max(0, endedNanos - submittedNanos - resolvedNanos()));
    }
}
