package dev.sonde.listen.transport;

import dev.sonde.lane.Lane;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.tls.HandshakeDriver;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsFailure;
import dev.sonde.tls.TlsServer;
import dev.sonde.tls.TlsServerConnection;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/// Performs the TLS handshake, as the server. Confined to the connection's loop.
final class TlsOpening implements Opening {

    private final HandshakeDriver<TlsServerConnection> driver;
    private final HandshakeTransport beneath;

    /// @param bytes all input of the peer
    /// @param beneath the carrier of the records
    /// @param wake has [#proceed] called on the loop; called on any thread
    TlsOpening(
            TlsServer server,
            ByteChannel bytes,
            HandshakeTransport beneath,
            Lane lane,
            Executor threads,
            Runnable wake) {
        this.beneath = beneath;
        this.driver =
                new HandshakeDriver<>(
                        () -> server.accept(bytes, lane.loop().budget()), threads, wake);
    }

    @Override
    public Progress proceed() throws IOException {
        try {
            return switch (driver.proceed()) {
                case NOTHING -> {
                    TlsServerConnection own = own();
                    yield new Progress.Done(new TlsTransport(own, beneath), own.report(null));
                }
                case READ -> new Progress.Waiting(SelectionKey.OP_READ);
                case WRITE -> new Progress.Waiting(SelectionKey.OP_WRITE);
                case TASK -> new Progress.Waiting(0);
            };
        } catch (HandshakeDriver.SetUpException e) {
            throw new IllegalStateException("TLS could not be set up", e);
        } catch (SSLException | ClosedChannelException e) {
            return failed(own(), e);
        }
    }

    @Override
    public boolean mayHoldMore() {
        return driver.mayHoldMore();
    }

    @Override
    public ServerTlsReport unfinished() {
        String why = "the handshake was not over when the connection ended";
        // While work goes on elsewhere, nothing may be asked of the connection.
        TlsServerConnection own = driver.idle();
        return own == null ? ServerTlsReport.refused(why, null) : own.report(null).withFailure(why);
    }

    private TlsServerConnection own() {
        return Objects.requireNonNull(driver.connection(), "not set up yet");
    }

    private static Progress failed(TlsServerConnection own, IOException cause) {
        TlsFailure fault = own.fault(cause);
        ServerTlsReport report = own.report(cause);
        if (fault.reason() == FailureReason.TLS_ALERT) {
            return new Progress.Failed(ConnectionEnd.TLS_ALERT, report);
        }
        if (own.isEnded()) {
            return new Progress.PeerClosed(report);
        }
        own.sendAlert();
        return new Progress.Failed(ConnectionEnd.TLS_FAILED, report);
    }
}
