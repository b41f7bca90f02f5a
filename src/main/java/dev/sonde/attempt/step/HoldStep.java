package dev.sonde.attempt.step;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.HoldReport.EndedBy;
import dev.sonde.probe.finding.HoldReport.Mechanism;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.TlsFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// Keeps a connection and waits for its end.
///
/// A connection at rest costs nothing. The kernel's own timers watch it, and the loop reports its
/// end. The only deadlines are the next send and the end of the step.
final class HoldStep implements Step {

    private final Connection connection;
    private final HoldSettings settings;
    private final Counters counters;
    private final HoldSender sender;
    private final long startedNanos;
    private final long endNanos;
    private long receivedBytes;
    private EndedBy endedBy = EndedBy.PROBER;
    private @Nullable Mechanism mechanism;

    HoldStep(Connection connection, HoldSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.counters = new Counters(connection);
        this.startedNanos = connection.nowNanos();
        this.endNanos = startedNanos + settings.hold().toNanos();
        this.sender = new HoldSender(connection, settings.send(), startedNanos);
    }

    @Override
    public Phase phase() {
        return Phase.HOLD;
    }

    @Override
    public Progress begin() throws IOException {
        counters.look();
        if (!HoldOptions.set(connection, settings)) {
            return new Progress.Ended(
                    new Outcome.NotProbed(
                            NotProbedReason.LOCAL_ERROR,
                            Phase.HOLD,
                            "this host does not let TCP_USER_TIMEOUT be set"));
        }
        connection.timeline().note(Kind.HOLD_BEGUN);
        return sendIfDue();
    }

    @Override
    public Progress onReady(int readyOps) throws IOException {
        if ((readyOps & SelectionKey.OP_WRITE) != 0) {
            sender.goOn();
        }
        if ((readyOps & SelectionKey.OP_READ) != 0) {
            connection.noteReadable();
            ByteBuffer read = connection.read();
            if (read == null) {
                return closedByPeer();
            }
            if (read.hasRemaining()) {
                receivedBytes += read.remaining();
                connection.timeline().note(Kind.RECEIVED, read.remaining());
            }
        }
        return waiting();
    }

    @Override
    public Progress onDeadline() throws IOException {
        if (connection.nowNanos() - endNanos >= 0) {
            connection.timeline().note(Kind.HOLD_ENDED);
            counters.look();
            return new Progress.Passed(HoldRemark.of(counters, settings.keepalive() != null));
        }
        return sendIfDue();
    }

    @Override
    public Progress onError(Errno errno) {
        return switch (errno) {
            case ECONNRESET, EPIPE ->
                    failed(
                            EndedBy.PEER,
                            Mechanism.RST,
                            FailureReason.RESET,
                            errno
                                    + ": the peer aborted the connection (RST), or its kernel does"
                                    + " not know it any more (a restart, a NAT) "
                                    + after());
            case ETIMEDOUT,
                    EHOSTUNREACH,
                    ENETUNREACH,
                    EHOSTDOWN,
                    ECONNREFUSED,
                    ENOPROTOOPT,
                    EACCES -> {
                Mechanism how = LostPeer.mechanism(errno, settings.userTimeout(), look());
                yield failed(
                        EndedBy.KERNEL,
                        how,
                        FailureReason.PEER_LOST,
                        LostPeer.describe(errno, how, look()) + " " + after());
            }
            default -> Step.super.onError(errno);
        };
    }

    @Override
    public Progress onTlsFault(TlsFailure fault) {
        endedBy = EndedBy.PEER;
        return new Progress.Ended(
                new Outcome.Failed(fault.reason(), Phase.HOLD, fault.detail() + " " + after()));
    }

    @Override
    public StepReport end() {
        TcpInfo now = look();
        // Segments without data, on a connection whose peer sent nothing to acknowledge.
        boolean isOnlyKeptAlive = settings.keepalive() != null && receivedBytes == 0;
        return new HoldReport(
                endedBy,
                mechanism,
                (connection.nowNanos() - startedNanos) / 1_000,
                settings.send() == null ? null : sender.sentBytes(),
                receivedBytes,
                counters.unacknowledgedBytes(),
                now == null ? null : now.rttMicros(),
                counters.newRetransmits(),
                isOnlyKeptAlive ? counters.newEmptySegments() : null,
                now == null ? null : (long) now.probes());
    }

    private Progress sendIfDue() throws IOException {
        sender.sendIfDue();
        return waiting();
    }

    private Progress waiting() {
        int ops = SelectionKey.OP_READ | (sender.isBlocked() ? SelectionKey.OP_WRITE : 0);
        return new Progress.Waiting(ops, sender.earlierOf(endNanos));
    }

    private Progress closedByPeer() {
        connection.timeline().note(Kind.FIN_RECEIVED);
        return failed(
                EndedBy.PEER,
                Mechanism.FIN,
                FailureReason.CLOSED_BY_PEER,
                "the peer closed the connection (FIN) " + after());
    }

    private Progress failed(EndedBy who, Mechanism how, FailureReason reason, String detail) {
        endedBy = who;
        mechanism = how;
        return new Progress.Ended(new Outcome.Failed(reason, Phase.HOLD, detail));
    }

    private String after() {
        return "after %d ms".formatted((connection.nowNanos() - startedNanos) / 1_000_000);
    }

    private @Nullable TcpInfo look() {
        counters.look();
        return counters.info();
    }
}
