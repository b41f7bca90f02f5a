package dev.sonde.cluster.member;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
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
import org.jspecify.annotations.Nullable;

/// The protocols between replicas: one TCP port each, over mutual TLS. The database holds the list
/// of members.
///
/// The end of a member shows in its connection. (FD_SOCK2 would need a second port, which would be
/// in the clear.) A member that hangs is noticed by its silence. The replicas themselves judge it.
public final class MemberStack {

    private static final int LEAST_VERIFY_MILLIS = 300;
    private static final int JOIN_MILLIS = 2_000;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int SEND_QUEUE = 4_096;

    /// Failure timeouts until the group expels a member. Long before, the replicas themselves give
    /// it up, and admit it again without a new view.
    private static final int EXPELLED_AFTER = 4;

    private final ClusterProperties properties;
    private final DataSource directory;

    /// @param directory the table of members
    public MemberStack(ClusterProperties properties, DataSource directory) {
        this.properties = properties;
        this.directory = directory;
    }

    /// From the transport upwards.
    ///
    /// @param tls asked for each connection; null for plain ones
    public List<Protocol> protocols(@Nullable Supplier<SSLContext> tls)
            throws UnknownHostException {
        Duration timeout = properties.failureTimeout();
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(transport(tls));
        protocols.add(new JDBC_PING2().setDataSource(directory).setInitializeSql(null));
        protocols.add(
                new MERGE3()
                        .setMinInterval(timeout.toMillis() / 5)
                        .setMaxInterval(timeout.toMillis() / 2));
        protocols.add(
                new FD_ALL3()
                        .setTimeout(timeout.toMillis() * EXPELLED_AFTER)
                        .setInterval(timeout.toMillis() / 5));
        protocols.add(
                new VERIFY_SUSPECT2()
                        .setTimeout(Math.max(LEAST_VERIFY_MILLIS, timeout.toMillis() / 10)));
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

    private TCP transport(@Nullable Supplier<SSLContext> tls) throws UnknownHostException {
        TCP transport = new MemberTransport();
        transport.setBindAddress(InetAddress.getByName(properties.bindAddress()));
        transport.setBindPort(properties.port());
        transport.setPortRange(0);
        transport.enableSuspectEvents(true);
        transport.setSockConnTimeout(CONNECT_MILLIS);
        // One that hangs must not keep the sender from telling the others that it is alive.
        transport.nonBlockingSends(true).maxSendQueue(SEND_QUEUE);
        // Time slices for each: virtual threads share few carriers with requests that compute.
        transport.useVirtualThreads(false);
        transport.logDetails(false);
        transport.setSocketFactory(new MemberSockets(tls, properties.failureTimeout()));
        return transport;
    }
}
