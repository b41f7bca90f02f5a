package dev.sonde.cluster;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.sql.DataSource;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.DefaultSocketFactory;
import org.jspecify.annotations.Nullable;

/// The protocols between replicas: one TCP port each, over mutual TLS; who is there stands in the
/// database.
///
/// A member that ends is noticed by its connection (what FD_SOCK2 does through a second port, which
/// would be in the clear); one that hangs by its silence.
final class MemberStack {

    private static final int VERIFY_MILLIS = 300;
    private static final int JOIN_MILLIS = 2_000;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int SEND_QUEUE = 4_096;

    private final ClusterProperties properties;
    private final DataSource directory;

    /// @param directory whose table says who is there
    MemberStack(ClusterProperties properties, DataSource directory) {
        this.properties = properties;
        this.directory = directory;
    }

    /// From the transport upwards.
    ///
    /// @param tls null for a plain connection
    List<Protocol> protocols(@Nullable SSLContext tls) throws UnknownHostException {
        Duration timeout = properties.failureTimeout();
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(transport(tls));
        protocols.add(new JDBC_PING2().setDataSource(directory).setInitializeSql(null));
        protocols.add(
                new MERGE3()
                        .setMinInterval(timeout.toMillis() * 2 / 5)
                        .setMaxInterval(timeout.toMillis()));
        protocols.add(
                new FD_ALL3().setTimeout(timeout.toMillis()).setInterval(timeout.toMillis() / 5));
        protocols.add(new VERIFY_SUSPECT2().setTimeout(VERIFY_MILLIS));
        protocols.add(new NAKACK2().useMcastXmit(false));
        protocols.add(new UNICAST3());
        protocols.add(new STABLE());
        protocols.add(
                new GMS()
                        .printLocalAddress(false)
                        .setJoinTimeout(JOIN_MILLIS)
                        .setViewAckCollectionTimeout(timeout.toMillis()));
        protocols.add(new MFC());
        protocols.add(new UFC());
        protocols.add(new FRAG2());
        return protocols;
    }

    private TCP transport(@Nullable SSLContext tls) throws UnknownHostException {
        TCP transport = new TCP();
        transport.setBindAddress(InetAddress.getByName(properties.bindAddress()));
        transport.setBindPort(properties.port());
        transport.setPortRange(0);
        transport.enableSuspectEvents(true);
        transport.setSockConnTimeout(CONNECT_MILLIS);
        // One that hangs must not keep the sender from telling the others that it is alive.
        transport.nonBlockingSends(true).maxSendQueue(SEND_QUEUE);
        if (tls != null) {
            transport.setSocketFactory(sockets(tls, properties.failureTimeout()));
        }
        return transport;
    }

    /// Both sides have to show a certificate of the authority that the bundle trusts.
    private static DefaultSocketFactory sockets(SSLContext tls, Duration silence) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setNeedClientAuth(true);
        DefaultSocketFactory sockets = new DefaultSocketFactory(tls);
        // A handshake with a replica that hangs would last for ever, and others wait behind it.
        sockets.setSocketConfigurator(socket -> limit(socket, silence));
        sockets.setServerSocketConfigurator(
                socket -> ((SSLServerSocket) socket).setSSLParameters(parameters));
        return sockets;
    }

    private static void limit(Socket socket, Duration silence) {
        try {
            socket.setSoTimeout(Math.toIntExact(silence.toMillis() / 2));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
