package dev.sonde.cluster.member;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jgroups.util.DefaultSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the sockets between replicas. Both sides have to show a certificate of the authority that
/// the other one trusts.
final class MemberSockets extends DefaultSocketFactory {

    private static final Logger log = LoggerFactory.getLogger(MemberSockets.class);

    private final @Nullable Supplier<SSLContext> tls;
    private final BlockingLimit limit;

    /// @param tls asked for each connection; null for plain ones
    /// @param most how long a handshake, or a write, may take
    MemberSockets(@Nullable Supplier<SSLContext> tls, Duration most) {
        this.tls = tls;
        this.limit = new BlockingLimit(most);
    }

    @Override
    public Socket createSocket(String service) {
        return new MemberSocket(tls, limit);
    }

    @Override
    public ServerSocket createServerSocket(String service) throws IOException {
        return new MemberServerSocket(tls, limit);
    }

    /// Closes what nobody needs any more.
    static void drop(Closeable unneeded) {
        try {
            unneeded.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a connection of a replica cannot be closed");
        }
    }
}
