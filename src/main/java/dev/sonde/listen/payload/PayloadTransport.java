package dev.sonde.listen.payload;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.lane.Lane;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.HandshakeTransport;
import dev.sonde.listen.transport.Opening;
import dev.sonde.listen.transport.TlsTransport;
import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.tls.PrefixedChannel;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The carrier of a connection's payload: the socket, or TLS over it after the handshake. Facts of
/// a handshake go into the connection's log.
///
/// ```
/// Clear --startTls--> Shaking --proceed--> Inside
///                        '--proceed--> failed
/// ```
///
/// Confined to the connection's loop.
public final class PayloadTransport {

    private final AcceptedSocket socket;
    private final Lane lane;
    private final ConnectionLog history;
    private Transport transport;

    /// Present during the handshake.
    private @Nullable Opening opening;

    public PayloadTransport(PayloadContext context) {
        this.socket = context.socket();
        this.lane = context.lane();
        this.history = context.history();
        this.transport = socket;
    }

    /// The channel of payload now; no payload passes before the end of the handshake.
    public Transport transport() {
        return transport;
    }

    /// Whether a handshake is to be gone on with.
    public boolean isShaking() {
        return opening != null;
    }

    /// Whether the handshake can go on without a report of the selector.
    public boolean mayHoldMore() {
        return opening != null && opening.mayHoldMore();
    }

    /// Switches to TLS; [#proceed] performs the handshake then.
    ///
    /// @param first bytes that have come already and belong to the handshake
    /// @param threads for its long tasks
    /// @param wake has [#proceed] called on the loop; called on any thread
    public void startTls(TlsServer server, ByteBuffer first, Executor threads, Runnable wake) {
        ByteChannel bytes =
                first.hasRemaining() ? new PrefixedChannel(first, socket.bytes()) : socket.bytes();
        HandshakeTransport beneath = new HandshakeTransport(socket, lane);
        transport = beneath;
        opening = Opening.of(server, bytes, beneath, lane, threads, wake);
    }

    /// Goes on with the handshake as far as it can.
    ///
    /// @throws IOException when the connection broke
    public Opening.Progress proceed() throws IOException {
        if (opening == null) {
            throw new IllegalStateException("nothing to shake");
        }
        Opening.Progress progress = opening.proceed();
        switch (progress) {
            case Opening.Progress.Waiting(int ops) -> socket.interest(ops);
            case Opening.Progress.Done(Transport through, ServerTlsReport report) -> {
                transport = through;
                over(report);
            }
            case Opening.Progress.Failed(_, ServerTlsReport report) -> over(report);
            case Opening.Progress.PeerClosed(ServerTlsReport report) -> over(report);
        }
        return progress;
    }

    private void over(ServerTlsReport report) {
        opening = null;
        history.shaken(report, lane.now());
    }

    /// Judges a failure inside TLS: bytes that are no TLS, or an alert of the peer.
    ///
    /// @return the end of the connection; absent if the failure is not one of TLS
    public @Nullable ConnectionEnd broken(Exception cause) {
        if (!(cause instanceof SSLException broken && transport instanceof TlsTransport inside)) {
            return null;
        }
        ServerTlsReport report = inside.report(broken);
        history.broken(report, lane.now());
        return report.alertReceived() == null ? ConnectionEnd.TLS_FAILED : ConnectionEnd.TLS_ALERT;
    }

    /// Judges any other failure of the connection, and notes it.
    public ConnectionEnd failed(Exception cause, ErrorTexts errors) {
        Errno errno = errors.errnoOf(String.valueOf(cause.getMessage()));
        if (cause instanceof IOException && errno.isReset()) {
            history.note(lane.now(), Kind.PEER_RESET);
        } else {
            history.noteError(lane.now(), errno.name());
        }
        return errno.isReset() ? ConnectionEnd.PEER_RST : ConnectionEnd.ERROR;
    }

    /// The connection ends, and with it a running handshake.
    public void stop() {
        if (opening != null) {
            history.unfinished(opening.unfinished());
        }
    }
}
