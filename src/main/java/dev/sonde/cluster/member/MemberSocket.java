package dev.sonde.cluster.member;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A connection between replicas, inside TLS if a certificate is configured. JGroups reads it on
/// one thread and writes on another.
///
/// A replica that hangs neither reads nor answers, while its kernel continues to accept
/// connections. A handshake and a write therefore have a limit. A read has no limit: failure
/// detection is the task of other protocols.
final class MemberSocket extends Socket {

    private final @Nullable Supplier<SSLContext> tls;
    private final BlockingLimit limit;

    /// The layer above this socket; set once, by the thread that connects or accepts, before
    /// anybody else has the socket.
    private @Nullable SSLSocket secured;

    /// @param tls asked for each connection, so that a renewed certificate counts at once
    MemberSocket(@Nullable Supplier<SSLContext> tls, BlockingLimit limit) {
        this.tls = tls;
        this.limit = limit;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        super.connect(endpoint, timeoutMillis);
        shakeHands(true);
    }

    /// Performs the TLS handshake. Each side proves its identity, and nobody else can read.
    void shakeHands(boolean asClient) throws IOException {
        if (tls == null) {
            return;
        }
        SSLSocket layer = layer(tls.get(), asClient);
        limit.run(super::close, layer::startHandshake);
        secured = layer;
    }

    /// It takes this socket's own streams, since [#secured] is not set yet.
    private SSLSocket layer(SSLContext context, boolean asClient) throws IOException {
        SSLSocket layer =
                (SSLSocket)
                        (asClient
                                ? context.getSocketFactory()
                                        .createSocket(
                                                this,
                                                getInetAddress().getHostAddress(),
                                                getPort(),
                                                false)
                                : context.getSocketFactory().createSocket(this, null, false));
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setNeedClientAuth(!asClient);
        layer.setSSLParameters(parameters);
        return layer;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return secured == null ? super.getInputStream() : secured.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = secured == null ? super.getOutputStream() : secured.getOutputStream();
        return isShakingHands() ? out : new Limited(out);
    }

    private boolean isShakingHands() {
        return tls != null && secured == null;
    }

    private final class Limited extends FilterOutputStream {

        Limited(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            limit.run(MemberSocket.this, () -> out.write(bytes, offset, length));
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }
    }
}
