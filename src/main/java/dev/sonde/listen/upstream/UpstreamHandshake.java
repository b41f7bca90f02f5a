package dev.sonde.listen.upstream;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.lane.Lane;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.HandshakeTransport;
import dev.sonde.listen.transport.TlsTransport;
import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.HandshakeDriver;
import dev.sonde.tls.TlsClientConnection;
import dev.sonde.tls.TlsClients;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A TLS handshake towards an upstream. Confined to the connection's loop.
final class UpstreamHandshake {

    private final AcceptedSocket socket;
    private final HandshakeTransport beneath;
    private final Runnable wake;
    private final HandshakeDriver<TlsClientConnection> driver;

    /// @param wake has [#proceed] called on the loop; called on any thread
    UpstreamHandshake(
            TlsClients clients,
            TlsSettings settings,
            Target to,
            AcceptedSocket socket,
            Lane lane,
            Runnable wake) {
        this.socket = socket;
        this.beneath = new HandshakeTransport(socket, lane);
        this.wake = wake;
        TurnBudget budget = lane.loop().budget();
        this.driver =
                new HandshakeDriver<>(
                        () ->
                                clients.connect(
                                        socket.bytes(), budget, settings, to.host(), to.port()),
                        clients.threads(),
                        wake);
    }

    /// Goes on as far as it can.
    ///
    /// @return the carrier of payload; absent during the handshake
    /// @throws IOException when it failed
    @Nullable Transport proceed() throws IOException {
        switch (driver.proceed()) {
            case NOTHING -> {
                return new TlsTransport(Objects.requireNonNull(driver.connection()), beneath);
            }
            case READ -> {
                socket.interest(SelectionKey.OP_READ);
                if (driver.mayHoldMore()) {
                    wake.run();
                }
            }
            case WRITE -> socket.interest(SelectionKey.OP_WRITE);
            case TASK -> socket.interest(0);
        }
        return null;
    }

    /// The word for the reason of the failure.
    String reason(Exception cause) {
        TlsClientConnection own = driver.connection();
        return own == null || !(cause instanceof IOException broken)
                ? "local_error"
                : own.fault(broken).reason().name().toLowerCase(Locale.ROOT);
    }
}
