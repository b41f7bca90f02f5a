package dev.sonde.listen.transport;

import dev.sonde.listen.engine.Lane;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsServer;
import dev.sonde.tls.certificate.TlsFault;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.concurrent.Executor;

/// What has to happen on an accepted connection before it speaks TLS: a TLS handshake, or
/// what the listener was told to do instead. Confined to the connection's loop.
public sealed interface Opening permits TlsOpening, FaultyOpening {

    /// How far it came.
    sealed interface Progress {

        /// Something has to be ready first.
        ///
        /// @param ops what the selector is to tell of; 0 while work goes on elsewhere
        record Waiting(int ops) implements Progress {}

        /// Payload may pass.
        record Done(Transport transport, ServerTlsReport report) implements Progress {}

        /// It is over; the peer has been told why, where there was something to tell.
        record Failed(ConnectionEnd end, ServerTlsReport report) implements Progress {}

        /// The peer sends no more.
        record PeerClosed(ServerTlsReport report) implements Progress {}
    }

    /// What a listener's terms ask for.
    ///
    /// @param server with whom the peer shakes hands
    /// @param bytes what comes from the peer, to the last
    /// @param beneath what the records go over
    /// @param threads where it does what takes long
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

    /// Whether bytes wait here of which the selector does not tell, so that [#proceed] is to be
    /// called again.
    boolean mayHoldMore();

    /// What was seen when something else ended it.
    ServerTlsReport unfinished();
}
