package dev.sonde.attempt.step;

import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.TlsFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One thing that is done with a connection after it stands. Single use, confined to its loop's
/// thread.
///
/// **How to add one.** Settings: a record in the room `probe` that
/// [dev.sonde.probe.spec.StepSettings] permits. The record has a phase of its own in [Phase], whose
/// order is that of the steps. The compiler then names the places to extend: [StepPlan], the
/// settings' JSON in `store` and in `api`. Facts: a record that [StepReport] permits, shown under
/// the phase's word in a result.
///
/// **How one runs.** [Steps] calls [#begin] once. Then it calls [#onReady] and [#onDeadline] as the
/// last [Progress.Waiting] requested. It calls [#onError] or [#onTlsFault] for exceptions of these.
/// Each method returns the next progress. Nothing may block. Readiness may be reported in vain, and
/// [Connection#wake] reports none at all. However the attempt ends, [#end] is called once: a step
/// never closes the connection and never ends the attempt itself.
public interface Step {

    /// How a step goes on.
    sealed interface Progress {

        /// It waits.
        ///
        /// @param ops the readiness to wait for, by the bits of `SelectionKey`. Leave
        ///     OP_READ in it wherever the peer's end is to be noticed
        /// @param wakeAtNanos on the loop's ticker, at the latest: a step always has a bound
        record Waiting(int ops, long wakeAtNanos) implements Progress {}

        /// The next step may begin; the last one's success is the attempt's.
        ///
        /// @param remark for the outcome's detail
        record Passed(@Nullable String remark) implements Progress {}

        /// Another step has to pass first; then this one's [Step#onReady] is called, with 0.
        record Detour(Step other) implements Progress {}

        /// The attempt has ended.
        record Ended(Outcome outcome) implements Progress {}
    }

    Phase phase();

    Progress begin() throws IOException;

    /// The connection is ready, or the step was woken.
    ///
    /// @param readyOps what the connection is ready for; 0 after [Connection#wake]
    Progress onReady(int readyOps) throws IOException;

    Progress onDeadline() throws IOException;

    /// The connection broke during the step.
    default Progress onError(Errno errno) {
        return new Progress.Ended(
                switch (errno) {
                    case ECONNRESET, EPIPE ->
                            failed(FailureReason.RESET, errno + ": the peer aborted it");
                    case EHOSTUNREACH, EHOSTDOWN ->
                            failed(
                                    FailureReason.HOST_UNREACHABLE,
                                    errno + ": the host could no longer be reached");
                    case ENETUNREACH ->
                            failed(
                                    FailureReason.NET_UNREACHABLE,
                                    errno + ": no route leads to the network any more");
                    default ->
                            new Outcome.NotProbed(
                                    NotProbedReason.LOCAL_ERROR,
                                    phase(),
                                    errno
                                            + ": an error of this host, which says nothing about"
                                            + " the target");
                });
    }

    /// The peer broke the rules of TLS, or ended it with an alert.
    default Progress onTlsFault(TlsFailure fault) {
        return new Progress.Ended(failed(fault.reason(), fault.detail()));
    }

    private Outcome failed(FailureReason reason, String detail) {
        return new Outcome.Failed(reason, phase(), detail);
    }

    /// Its answer to the end of a step to which it had made a [Progress.Detour].
    default Outcome amend(Outcome outcome) {
        return outcome;
    }

    /// Its report so far; null without one. Lets go of all that it holds but the connection.
    @Nullable StepReport end();
}
