package dev.sonde.cluster.member;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.protocols.TCP;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// JGroups' TCP, except that it connects beside the threads that send.
///
/// One thread sends everything to all members, one after the other. If it connected as well, a
/// member that hangs would block it. The other members would then miss this one's signs of life and
/// give it up.
final class MemberTransport extends TCP {

    private static final Logger log = LoggerFactory.getLogger(MemberTransport.class);

    /// Messages to one member that wait until it is connected; more are lost, and sent again by the
    /// protocols above.
    private static final int MOST_WAITING = 256;

    /// Messages that wait, for each member with a connect in progress. Changed only through the
    /// map.
    private final Map<Address, Queue<byte[]>> waiting = new ConcurrentHashMap<>();

    @Override
    public void send(Address to, byte[] data, int offset, int length) throws Exception {
        TcpServer server = srv;
        if (server == null) {
            return;
        }
        if (server.connectionEstablishedTo(to) || to.equals(server.localAddress())) {
            server.send(to, data, offset, length);
        } else {
            hold(server, to, Arrays.copyOfRange(data, offset, offset + length));
        }
    }

    private void hold(TcpServer server, Address to, byte[] message) {
        waiting.compute(
                to,
                (_, before) -> {
                    Queue<byte[]> queue = before == null ? begin(server, to) : before;
                    if (queue.size() < MOST_WAITING) {
                        queue.add(message);
                    }
                    return queue;
                });
    }

    private Queue<byte[]> begin(TcpServer server, Address to) {
        Thread.ofPlatform().name("cluster-connect").daemon().start(() -> connect(server, to));
        return new ArrayDeque<>();
    }

    private void connect(TcpServer server, Address to) {
        try {
            var _ = server.getConnection(to);
        } catch (Exception e) {
            log.atDebug().addKeyValue("to", to).setCause(e).log("a replica cannot be reached");
            waiting.remove(to);
            return;
        }
        Queue<byte[]> queue = waiting.remove(to);
        try {
            while (queue != null && !queue.isEmpty()) {
                byte[] message = queue.remove();
                server.send(to, message, 0, message.length);
            }
        } catch (Exception e) {
            log.atDebug().addKeyValue("to", to).setCause(e).log("a replica was lost again");
        }
    }
}
