package dev.sonde.listen.transport;

import dev.sonde.probe.spec.CloseMode;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsConnection;
import dev.sonde.tls.TlsServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/// Payload inside TLS, after the handshake. Confined to the connection's loop.
public final class TlsTransport implements Transport {

    private final TlsConnection tls;
    private final Transport beneath;

    /// @param beneath the carrier of the records
    public TlsTransport(TlsConnection tls, Transport beneath) {
        this.tls = tls;
        this.beneath = beneath;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        try {
            return tls.read(into);
        } catch (SSLException e) {
            tls.sendAlert();
            throw e;
        }
    }

    @Override
    public boolean mayHoldMore() {
        return tls.mayHoldMore();
    }

    /// The handshake's report with what went wrong after it; of a server's connection only.
    public ServerTlsReport report(SSLException failure) {
        if (tls instanceof TlsServerConnection server) {
            return server.report(failure);
        }
        throw new IllegalStateException("no server's connection");
    }

    /// Drops input. After close_notify was sent, records are not decrypted.
    @Override
    public int drop(ByteBuffer into) throws IOException {
        return beneath.drop(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return tls.write(from);
    }

    @Override
    public boolean hasUnsent() {
        return tls.hasUnsent();
    }

    /// Ends the sending direction with close_notify and a FIN.
    @Override
    public void endOutput() throws IOException {
        tls.sayGoodbye();
        beneath.endOutput();
    }

    /// A FIN comes after close_notify.
    @Override
    public void close(CloseMode mode) {
        if (mode == CloseMode.FIN) {
            try {
                tls.sayGoodbye();
            } catch (IOException _) {
                // The peer was faster.
            }
        }
        beneath.close(mode);
    }
}
