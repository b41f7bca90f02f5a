package dev.sonde.attempt.step;

import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The steps of one attempt, one after the other. Confined to its loop's thread.
///
/// A step's phase begins where the one before it ended, so that the phases add up.
public final class Steps {

    private final Connection connection;
    private final StepPlan plan;
    private final StepLedger ledger;
    private final StringBuilder remarks = new StringBuilder();
    private Step step;

    /// The one that waits for [#step] to pass.
    private @Nullable Step suspended;

    private boolean hasEnded;

    /// @param settings of at least one step
    /// @param sinceNanos end of the connect
    public Steps(
            Connection connection, TlsClients clients, ProbeSettings settings, long sinceNanos) {
        this.connection = connection;
        this.plan = new StepPlan(connection, clients, settings);
        this.ledger = new StepLedger(connection, sinceNanos);
        this.step = Objects.requireNonNull(plan.next(), "no step is wanted");
    }

    /// How the whole goes on: passed when the last step has.
    public Step.Progress begin() throws IOException {
        return goOn(step.begin());
    }

    public Step.Progress onReady(int readyOps) throws IOException {
        return goOn(step.onReady(readyOps));
    }

    public Step.Progress onDeadline() throws IOException {
        return goOn(step.onDeadline());
    }

    /// The connection broke, which the step that runs judges.
    public Step.Progress onBroken(IOException cause, ConnectErrors errors) throws IOException {
        Step.Progress insideTls = onTlsError(cause);
        if (insideTls != null) {
            connection.timeline().note(Kind.TLS_FAILED);
            return insideTls;
        }
        Errno errno = errors.errnoOf(cause, 0);
        connection.timeline().error(connection.nowNanos(), 0, errno.name());
        return onError(errno);
    }

    private Step.Progress onError(Errno errno) throws IOException {
        Step.Progress progress = step.onError(errno);
        return goOn(errno.isReset() ? LastWords.added(progress, connection) : progress);
    }

    /// Something went wrong inside TLS after its handshake.
    ///
    /// @return null where it is not TLS that failed
    private Step.@Nullable Progress onTlsError(IOException cause) throws IOException {
        boolean isTls = cause instanceof SSLException || cause instanceof ClosedChannelException;
        if (!isTls || !(connection.bytes() instanceof TlsConnection tls)) {
            return null;
        }
        TlsConnection.Fault fault = tls.fault(cause);
        tls.sendAlert();
        return goOn(step.onTlsFault(fault));
    }

    /// The step that runs, or ran last.
    public Phase phase() {
        return step.phase();
    }

    /// Ends the step that runs.
    public void end() {
        if (!hasEnded) {
            hasEnded = true;
            ledger.addTime(step.phase());
            ledger.addReport(step);
            if (suspended != null) {
                ledger.addReport(suspended);
            }
        }
    }

    /// The phases that have ended.
    public List<PhaseTime> phases() {
        return ledger.phases();
    }

    public List<StepReport> reports() {
        return ledger.reports();
    }

    private Step.Progress goOn(Step.Progress progress) throws IOException {
        Step.Progress now = progress;
        while (true) {
            switch (now) {
                case Step.Progress.Waiting waiting -> {
                    connection.interest(waiting.ops());
                    return now;
                }
                case Step.Progress.Ended(Outcome outcome) -> {
                    return suspended == null
                            ? now
                            : new Step.Progress.Ended(suspended.amend(outcome));
                }
                case Step.Progress.Detour(Step other) -> {
                    ledger.addTime(step.phase());
                    suspended = step;
                    step = other;
                    now = step.begin();
                }
                case Step.Progress.Passed(String remark) -> {
                    note(remark);
                    Step.Progress after = suspended == null ? afterLast() : back(suspended);
                    if (after == null) {
                        note(connection.loss());
                        return new Step.Progress.Passed(
                                remarks.isEmpty() ? null : remarks.toString());
                    }
                    now = after;
                }
            }
        }
    }

    /// The step that had to wait for the one that has passed goes on.
    private Step.Progress back(Step waited) throws IOException {
        ledger.addTime(step.phase());
        ledger.addReport(step);
        suspended = null;
        step = waited;
        return step.onReady(0);
    }

    /// How the next step begins; null where there is none.
    private Step.@Nullable Progress afterLast() throws IOException {
        end();
        Step next = plan.next();
        if (next == null) {
            return null;
        }
        step = next;
        hasEnded = false;
        return step.begin();
    }

    private void note(@Nullable String remark) {
        if (remark != null) {
            remarks.append(remarks.isEmpty() ? "" : "; ").append(remark);
        }
    }
}
