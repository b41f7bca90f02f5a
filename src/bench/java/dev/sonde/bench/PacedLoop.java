package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.stream.IntStream;

/// The least that the connects of scheduled probes cost: a bare loop in a process of its own makes
/// as many a second, to the same addresses. It asks once right after the connect and closes by RST.
final class PacedLoop {

    private static final String SAMPLE = "paced sample ";
    private static final int ADDRESSES = 65_536;
    private static final int WARM_UP_SECONDS = 5;
    private static final double NANOS = 1e9;

    private final List<InetSocketAddress> remotes;
    private final double perSecond;
    private int turn;

    private PacedLoop(int port, double perSecond) {
        this.remotes =
                IntStream.range(0, ADDRESSES)
                        .mapToObj(BulkRequests::address)
                        .map(host -> new InetSocketAddress(InetAddress.ofLiteral(host), port))
                        .toList();
        this.perSecond = perSecond;
    }

    /// Microseconds of CPU for each connect.
    static double cpuMicrosEach(ListenerProcess listener, double perSecond, int seconds)
            throws IOException {
        List<String> command =
                Child.java(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Child.classPath(),
                        PacedLoop.class.getName(),
                        Integer.toString(listener.port()),
                        Double.toString(perSecond),
                        Integer.toString(seconds));
        try (Child child = new Child(command)) {
            return Double.parseDouble(child.await(SAMPLE));
        }
    }

    public static void main(String[] args) throws IOException {
        PacedLoop loop = new PacedLoop(Integer.parseInt(args[0]), Double.parseDouble(args[1]));
        var _ = loop.run(WARM_UP_SECONDS);
        long before = ProcessClock.cpuNanos();
        long connects = loop.run(Integer.parseInt(args[2]));
        System.out.println(SAMPLE + (ProcessClock.cpuNanos() - before) / 1e3 / connects);
    }

    /// Wakes every millisecond, as the schedule does under this load.
    private long run(int seconds) throws IOException {
        long startNanos = System.nanoTime();
        long connects = 0;
        try (Selector selector = Selector.open()) {
            for (double since = 0; since < seconds; since = secondsSince(startNanos)) {
                for (long due = (long) (since * perSecond); connects < due; connects++) {
                    start(selector);
                }
                selector.select(PacedLoop::finish, 1);
            }
        }
        return connects;
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / NANOS;
    }

    private void start(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        if (channel.connect(remotes.get(turn++ % ADDRESSES)) || channel.finishConnect()) {
            close(channel);
        } else {
            channel.register(selector, SelectionKey.OP_CONNECT);
        }
    }

    private static void finish(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (channel.finishConnect()) {
                close(channel);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a connect failed", e);
        }
    }

    private static void close(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }
}
