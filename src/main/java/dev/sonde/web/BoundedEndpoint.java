package dev.sonde.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's socket, whose connections are bounded. The accepting thread calls
/// [#serverSocketAccept] and [#setSocketOptions] in turn.
final class BoundedEndpoint extends NioEndpoint {

    private static final Logger log = LoggerFactory.getLogger(BoundedEndpoint.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long ACTIVE_MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final long QUIET_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private @Nullable Connections bounded;
    private @Nullable Sweep sweep;

    /// To be called before it is started.
    void bound(Connections bounded) {
        this.bounded = bounded;
    }

    Connections bounded() {
        return Objects.requireNonNull(bounded, "bound() was not called");
    }

    @Override
    public void startInternal() throws Exception {
        setPace(false);
        super.startInternal();
        sweep = new Sweep(bounded(), this::setPace);
    }

    /// Timeouts of connections are looked at once a second, and not without connections.
    private void setPace(boolean isActive) {
        setSelectorTimeout(isActive ? ACTIVE_MILLIS : QUIET_MILLIS);
    }

    @Override
    public void stopInternal() {
        Sweep started = sweep;
        if (started != null) {
            started.stop();
        }
        super.stopInternal();
    }

    /// Without a descriptor for the newcomer, the connection that waits longest is closed.
    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        while (true) {
            try {
                return super.serverSocketAccept();
            } catch (IOException e) {
                if (!isRunning()) {
                    throw e;
                }
                bounded().endLongest();
                Sweep started = sweep;
                if (started != null) {
                    started.onRefusedAccept(e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    protected boolean setSocketOptions(SocketChannel channel) {
        try {
            InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
            HttpConnection connection =
                    peer == null ? null : bounded().admit(channel, peer.getAddress());
            if (connection == null) {
                destroySocket(channel);
                return true;
            }
            wakeSweep();
            register(channel, connection);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a connection was gone before it was served");
            destroySocket(channel);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            destroySocket(channel);
        }
        return true;
    }

    /// Called before the socket is polled.
    private void wakeSweep() {
        Sweep started = sweep;
        if (started != null) {
            started.wake();
        }
    }

    /// Whether the timeouts of connections are looked at; for tests.
    boolean isSweeping() {
        Sweep started = sweep;
        return started != null && started.isActive();
    }

    /// On failure, closing the socket removes the connection again.
    private void register(SocketChannel channel, HttpConnection connection) {
        SocketBufferHandler buffers =
                new SocketBufferHandler(
                        socketProperties.getAppReadBufSize(),
                        socketProperties.getAppWriteBufSize(),
                        false);
        NioChannel nio = createChannel(buffers);
        WatchedSocket socket = new WatchedSocket(nio, this, connection);
        super.connections.put(channel, socket);
        try {
            nio.reset(channel, socket);
            channel.configureBlocking(false);
            socketProperties.setProperties(channel.socket());
            socket.setReadTimeout(getConnectionTimeout());
            socket.setWriteTimeout(getConnectionTimeout());
            socket.setKeepAliveLeft(getMaxKeepAliveRequests());
            getPoller().register(socket);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a connection was gone before it was served");
            socket.close();
        }
    }
}
