package dev.sonde.attempt.step;

import dev.sonde.eventloop.Ticker;
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
import dev.sonde.probe.spec.HoldSettings.Keepalive;
import dev.sonde.probe.spec.HoldSettings.Sending;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// Keeps a connection and waits for its end.
///
/// A connection at rest costs nothing. The kernel's own timers watch it, and the loop reports its
/// end. The only deadlines are the next send and the end of the step.
final class HoldStep implements Step {

    /// The payload. A connection owns only a view of it.
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(Sending.MOST_BYTES);

    private final Connection connection;
    private final HoldSettings settings;
    private final Counters counters;
    private final long startedNanos;
    private final long endNanos;
    private long nextSendNanos;
    private @Nullable ByteBuffer pending;
    private long sentBytes;
    private long receivedBytes;
    private EndedBy endedBy = EndedBy.PROBER;
    private @Nullable Mechanism mechanism;

    HoldStep(Connection connection, HoldSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.counters = new Counters(connection);
        this.startedNanos = connection.nowNanos();
        this.endNanos = startedNanos + settings.hold().toNanos();
        this.nextSendNanos = startedNanos;
    }

    @Override
    public Phase phase() {
        return Phase.HOLD;
    }

    @Override
    public Progress begin() throws IOException {
        counters.look();
        Keepalive keepalive = settings.keepalive();
        if (keepalive != null) {
            setKeepalive(connection.socket(), keepalive);
        }
        Duration userTimeout = settings.userTimeout();
        if (userTimeout != null
                && !connection.kernel().setUserTimeout(connection.socket(), userTimeout)) {
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
        if ((readyOps & SelectionKey.OP_WRITE) != 0 && pending != null) {
            write(pending);
        }
        if ((readyOps & SelectionKey.OP_READ) != 0) {
            connection.noteReadable();
            ByteBuffer read = connection.read();
            if (read == null) {
                return closedByPeer();
            }
            noteReceived(read.remaining());
        }
        return waiting();
    }

    @Override
    public Progress onDeadline() throws IOException {
        if (connection.nowNanos() - endNanos >= 0) {
            connection.timeline().note(Kind.HOLD_ENDED);
            return new Progress.Passed(remark());
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
    public Progress onTlsFault(TlsConnection.Fault fault) {
        endedBy = EndedBy.PEER;
        return new Progress.Ended(
                new Outcome.Failed(fault.reason(), Phase.HOLD, fault.detail() + " " + after()));
    }

    @Override
    public StepReport end() {
        TcpInfo now = look();
        return new HoldReport(
                endedBy,
                mechanism,
                (connection.nowNanos() - startedNanos) / 1_000,
                settings.send() == null ? null : sentBytes,
                receivedBytes,
                counters.unacknowledgedBytes(),
                now == null ? null : now.rttMicros(),
                counters.newRetransmits(),
                keepaliveProbes(),
                now == null ? null : (long) now.probes());
    }

    private static void setKeepalive(SocketChannel socket, Keepalive keepalive) throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, (int) keepalive.idle().toSeconds());
        socket.setOption(
                ExtendedSocketOptions.TCP_KEEPINTERVAL, (int) keepalive.interval().toSeconds());
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, keepalive.count());
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    /// A send that is due while another one waits for room is left out.
    private Progress sendIfDue() throws IOException {
        Sending send = settings.send();
        if (send != null && connection.nowNanos() - nextSendNanos >= 0) {
            long everyNanos = send.every().toNanos();
            long missed = (connection.nowNanos() - nextSendNanos) / everyNanos;
            nextSendNanos += (missed + 1) * everyNanos;
            if (pending == null) {
                write(ZEROS.slice(0, send.bytes()));
            }
        }
        return waiting();
    }

    private void write(ByteBuffer payload) throws IOException {
        int written = connection.bytes().write(payload);
        sentBytes += written;
        if (written > 0) {
            connection.timeline().note(Kind.SENT, written);
        }
        pending = payload.hasRemaining() ? payload : null;
    }

    private void noteReceived(int bytes) {
        if (bytes > 0) {
            receivedBytes += bytes;
            connection.timeline().note(Kind.RECEIVED, bytes);
        }
    }

    private Progress waiting() {
        int ops = SelectionKey.OP_READ | (pending == null ? 0 : SelectionKey.OP_WRITE);
        return new Progress.Waiting(
                ops, settings.send() == null ? endNanos : Ticker.earlier(nextSendNanos, endNanos));
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

    /// A remark on a connection that has not ended, but was about to.
    private @Nullable String remark() {
        TcpInfo now = look();
        Long waiting = counters.unacknowledgedBytes();
        if (now == null || waiting == null || waiting == 0) {
            return null;
        }
        if (counters.isShut()) {
            return "%d bytes wait: the peer's window is zero".formatted(waiting);
        }
        if (now.retransmits() == 0) {
            return null;
        }
        return "%d bytes are unacknowledged after %d repetitions%s"
                .formatted(
                        waiting,
                        now.retransmits(),
                        settings.keepalive() == null
                                ? ""
                                : "; keepalive does not probe while data is pending, a user timeout"
                                        + " would end it");
    }

    private @Nullable TcpInfo look() {
        counters.look();
        return counters.info();
    }

    /// The number of keepalive probes: segments without data on a connection whose peer sent
    /// nothing to acknowledge.
    private @Nullable Long keepaliveProbes() {
        return settings.keepalive() == null || receivedBytes > 0
                ? null
                : counters.newEmptySegments();
    }
}
