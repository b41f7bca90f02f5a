package dev.sonde.listen;

import dev.sonde.tls.HandshakeReport;
import dev.sonde.tls.TlsFault;
import dev.sonde.tls.TlsServer;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What has to happen on an accepted connection before its behaviour begins: a TLS handshake, or
/// what the listener was told to do instead. Confined to the connection's loop.
sealed interface Opening permits TlsOpening, FaultyOpening {

    /// How far it came.
    sealed interface Progress {

        /// Something has to be ready first.
        ///
        /// @param ops what the selector is to tell of; 0 while work goes on elsewhere
        record Waiting(int ops) implements Progress {}

        /// The behaviour may begin.
        record Done(Transport transport, HandshakeReport report) implements Progress {}

        /// It is over; the peer has been told why, where there was something to tell.
        record Failed(ConnectionEnd end, HandshakeReport report) implements Progress {}

        /// The peer sends no more.
        record PeerClosed(HandshakeReport report) implements Progress {}
    }

    /// What a listener's terms ask for.
    ///
    /// @param server with whom the peer shakes hands
    /// @param threads where it does what takes long
    /// @param wake has [#proceed] called on the loop; called on any thread
    /// @return absent where the behaviour begins at once
    static @Nullable Opening of(
            @Nullable TlsServer server,
            AcceptedSocket socket,
            Lane lane,
            Executor threads,
            Runnable wake) {
        if (server == null) {
            return null;
        }
        TlsFault fault = server.fault();
        return fault == null || fault.type().hasCertificate()
                ? new TlsOpening(server, socket, new Undeciphered(socket, lane), threads, wake)
                : new FaultyOpening(socket, lane, fault.alert());
    }

    /// Goes on as far as it can.
    ///
    /// @throws IOException when the connection broke
    Progress proceed() throws IOException;

    /// What was seen when something else ended it.
    HandshakeReport unfinished();
}
