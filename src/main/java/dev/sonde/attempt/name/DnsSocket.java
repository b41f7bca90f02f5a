package dev.sonde.attempt.name;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Message;

/// One UDP socket to one name server, with the queries that wait on it. Its port is a random one of
/// the kernel's. The socket is replaced after [#MOST_QUERIES], so an answer is hard to forge.
///
/// Confined to its loop's thread.
final class DnsSocket implements ChannelHandler {

    private static final int MOST_QUERIES = 512;
    private static final int MOST_BYTES = 4_096;
    static final String NOBODY_LISTENS = "nothing listens there";
    private static final int IDS = 1 << 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EventLoop loop;
    private final DatagramChannel channel;
    private final Map<Integer, DnsQuery> waiting = new HashMap<>();
    private final ByteBuffer received = ByteBuffer.allocate(MOST_BYTES);
    private int queries;
    private boolean isClosed;

    /// @throws IOException where no socket is available, or no route leads to the server
    DnsSocket(EventLoop loop, InetSocketAddress server) throws IOException {
        this.loop = loop;
        this.channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(server);
            loop.register(channel, SelectionKey.OP_READ, this);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    boolean isUsedUp() {
        return isClosed || queries >= MOST_QUERIES;
    }

    /// Sends a query under an identifier of its own.
    ///
    /// @throws PortUnreachableException where nothing listens at the server
    void send(Message message, DnsQuery query) throws IOException {
        int id = RANDOM.nextInt(IDS);
        while (waiting.containsKey(id)) {
            id = RANDOM.nextInt(IDS);
        }
        message.getHeader().setID(id);
        queries++;
        waiting.put(id, query);
        query.sentAs(id);
        try {
            channel.write(ByteBuffer.wrap(message.toWire()));
        } catch (PortUnreachableException e) {
            // The kernel reports an earlier query's error to the next call.
            waiting.remove(id);
            refuse(NOBODY_LISTENS);
            throw e;
        }
    }

    /// The query waits no longer. A socket that is used up closes with its last query.
    void forget(int id) {
        waiting.remove(id);
        closeIfDone();
    }

    void closeIfDone() {
        if (isUsedUp() && waiting.isEmpty()) {
            close();
        }
    }

    void close() {
        if (!isClosed) {
            isClosed = true;
            loop.close(channel);
        }
    }

    @Override
    public void onReady(int readyOps) throws IOException {
        try {
            while (!isClosed && channel.read(received.clear()) > 0) {
                take(received.flip());
            }
        } catch (PortUnreachableException _) {
            refuse(NOBODY_LISTENS);
        }
    }

    private void take(ByteBuffer packet) {
        Message message;
        try {
            message = new Message(packet);
        } catch (IOException | RuntimeException _) {
            return; // no message of DNS, so none that anybody waits for
        }
        DnsQuery query = waiting.get(message.getHeader().getID());
        if (query != null && query.isAnsweredBy(message)) {
            waiting.remove(message.getHeader().getID());
            query.onReply(message);
            closeIfDone();
        }
    }

    private void refuse(String why) {
        List<DnsQuery> all = List.copyOf(waiting.values());
        waiting.clear();
        queries = MOST_QUERIES;
        close();
        all.forEach(query -> query.onRefused(why));
    }

    @Override
    public void onFailure(Exception cause) {
        refuse("the socket to it failed");
    }

    @Override
    public void onLoopClosed() {
        List<DnsQuery> all = List.copyOf(waiting.values());
        waiting.clear();
        close();
        all.forEach(DnsQuery::onLoopClosed);
    }
}
