package dev.sonde.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import jdk.net.ExtendedSocketOptions;

/// The least that Java can do: one thread, one selector, connect, read the verdict, close by RST.
/// No timeouts, no limits, no result but a duration.
final class BareLoop implements Load {

    /// When a connect is asked what became of it.
    enum Asked {
        /// Always registered with the selector first.
        WHEN_READY,
        /// Once at once after `connect`, and registered only if it is still pending.
        AT_ONCE
    }

    private static final long LONGEST_SELECT_MILLIS = 1_000;

    private final Asked asked;
    private final List<InetSocketAddress> remotes;
    private int turn;
    private int pending;
    private long failed;

    private record Connect(SocketChannel channel, long startedNanos) {}

    BareLoop(Asked asked, int port) {
        this.asked = asked;
        this.remotes =
                Destinations.hosts().stream()
                        .map(host -> new InetSocketAddress(host, port))
                        .toList();
    }

    @Override
    public long run(Workload workload, Latencies latencies) throws IOException {
        failed = 0;
        int toStart = workload.connects();
        try (Selector selector = Selector.open()) {
            while (toStart > 0 || pending > 0) {
                int room = Math.min(workload.inFlight() - pending, toStart);
                for (int i = 0; i < room; i++) {
                    start(selector, workload.halfOpen(), latencies);
                }
                toStart -= room;
                if (pending == 0) {
                    selector.selectNow();
                } else {
                    selector.select(key -> finish(key, latencies), LONGEST_SELECT_MILLIS);
                }
            }
        }
        return failed;
    }

    private void start(Selector selector, boolean halfOpen, Latencies latencies)
            throws IOException {
        InetSocketAddress remote = remotes.get(turn++ % remotes.size());
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        if (halfOpen) {
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, false);
        }
        Connect connect = new Connect(channel, System.nanoTime());
        boolean connected = channel.connect(remote);
        if (connected || (asked == Asked.AT_ONCE && channel.finishConnect())) {
            finish(connect, latencies);
        } else {
            channel.register(selector, SelectionKey.OP_CONNECT, connect);
            pending++;
        }
    }

    private void finish(SelectionKey key, Latencies latencies) {
        Connect connect = (Connect) key.attachment();
        pending--;
        try {
            connect.channel().finishConnect();
            finish(connect, latencies);
        } catch (IOException _) {
            failed++; // a failed finishConnect has closed the channel
        }
    }

    private static void finish(Connect connect, Latencies latencies) throws IOException {
        latencies.record(System.nanoTime() - connect.startedNanos());
        connect.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
        connect.channel().close();
    }
}
