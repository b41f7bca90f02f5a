package dev.sonde.listen.transport;

import dev.sonde.lane.Lane;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsServer;
import dev.sonde.tls.certificate.TlsFault;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.concurrent.Executor;

/// The begin of TLS on an accepted connection: a handshake, or a deliberate fault in its place.
/// Confined to the connection's loop.
public sealed interface Opening permits TlsOpening, FaultyOpening {

    /// How far it came.
    sealed interface Progress {

        /// Something has to be ready first.
        ///
        /// @param ops readiness that the selector reports; 0 while work goes on elsewhere
        record Waiting(int ops) implements Progress {}

        /// Payload may pass.
        record Done(Transport transport, ServerTlsReport report) implements Progress {}

        /// The opening has ended. The peer has been sent the reason, if there was one.
        record Failed(ConnectionEnd end, ServerTlsReport report) implements Progress {}

        /// The peer sends no more.
        record PeerClosed(ServerTlsReport report) implements Progress {}
    }

    /// The opening that a listener's terms ask for.
    ///
    /// @param server of the handshake
    /// @param bytes receives all input of the peer
    /// @param beneath the carrier of the records
    /// @param threads for its long tasks
    /// @param wake has [#proceed] called on the loop; called on any thread
    static Opening of(
            TlsServer server,
            ByteChannel bytes,
            HandshakeTransport beneath,
            Lane lane,
            Executor threads,
            Runnable wake) {
        TlsFault fault = server.fault();
        return fault == null || fault.type().hasCertificate()
                ? new TlsOpening(server, bytes, beneath, lane, threads, wake)
                : new FaultyOpening(bytes, lane, fault.alert());
    }

    /// Goes on as far as it can.
    ///
    /// @throws IOException when the connection broke
    Progress proceed() throws IOException;

    /// Whether bytes wait here that the selector does not report, so that [#proceed] is to be
    /// called again.
    boolean mayHoldMore();

    /// The report when something else ended it.
    ServerTlsReport unfinished();
}
