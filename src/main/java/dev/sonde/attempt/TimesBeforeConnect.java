package dev.sonde.attempt;

import dev.sonde.attempt.admission.Claim;
import dev.sonde.attempt.connect.Connect;
import dev.sonde.attempt.name.Resolution;
import dev.sonde.attempt.step.Steps;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.PhaseTime.PlainPhases;
import dev.sonde.probe.spec.Phase;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The times until the address was known, and the results that begin with them.
interface TimesBeforeConnect {

    /// The claim on the engine.
    Claim claim();

    /// When the probe was submitted.
    long submittedNanos();

    /// The look-up; absent for a literal.
    Resolution.@Nullable Found resolved();

    /// The times of an attempt whose address is known at once.
    record OfAddress(Claim claim, long submittedNanos) implements TimesBeforeConnect {

        @Override
        public Resolution.@Nullable Found resolved() {
            return null;
        }
    }

    /// The result of an attempt that ends before its connect.
    default AttemptResult unconnected(InetSocketAddress remote, Outcome outcome, long endedNanos) {
        return AttemptResult.unconnected(remote, outcome, phases(endedNanos)).withLookup(lookup());
    }

    /// The result of an attempt that came to a connect. It ends the steps and closes the socket.
    ///
    /// @param steps absent where none began
    default AttemptResult connected(
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
                lookup());
    }

    private @Nullable NameEvidence lookup() {
        Resolution.Found found = resolved();
        return found == null ? null : found.evidence();
    }

    default long resolvedNanos() {
        Resolution.Found found = resolved();
        return found == null ? 0 : found.tookNanos();
    }

    /// The phases of an attempt that ends before its connect. The time outside of the look-up and
    /// the connect is the prober's own delay.
    private List<PhaseTime> phases(long endedNanos) {
        PhaseTime queue = new PhaseTime(Phase.QUEUE, queueNanos(endedNanos));
        return resolved() == null
                ? List.of(queue)
                : List.of(queue, new PhaseTime(Phase.RESOLVE, resolvedNanos()));
    }

    /// The phases of an attempt that came to a connect.
    ///
    /// @param later those after the connect
    private List<PhaseTime> phases(
            long connectCalledNanos, long connectNanos, List<PhaseTime> later) {
        if (later.isEmpty() && resolved() == null) {
            return new PlainPhases(queueNanos(connectCalledNanos), connectNanos);
        }
        List<PhaseTime> all = new ArrayList<>(phases(connectCalledNanos));
        all.add(new PhaseTime(Phase.CONNECT, connectNanos));
        all.addAll(later);
        return all;
    }

    private long queueNanos(long endedNanos) {
        return Math.max(0, endedNanos - submittedNanos() - resolvedNanos());
    }
}
