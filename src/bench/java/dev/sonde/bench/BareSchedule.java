package dev.sonde.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The least that Java can do for a schedule: one thread, one selector, a queue of due times. Each
/// target has a random place in the interval. It connects, reads the verdict and closes by RST. It
/// ends with its standard input.
final class BareSchedule {

    static final String READY = "bare schedule ready";

    private final long intervalNanos;
    private final Selector selector = Selector.open();
    private final PriorityQueue<Due> dues =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos));

    private record Due(long atNanos, InetSocketAddress target) {}

    /// @param number of targets, all of this port
    private BareSchedule(int port, int number, Duration interval) throws IOException {
        intervalNanos = interval.toNanos();
        Random random = new Random(1);
        long nowNanos = System.nanoTime();
        for (int i = 0; i < number; i++) {
            long atNanos = nowNanos + random.nextLong(intervalNanos);
            dues.add(new Due(atNanos, new InetSocketAddress(BulkRequests.address(i), port)));
        }
    }

    public static void main(String[] args) throws IOException {
        BareSchedule loop =
                new BareSchedule(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Duration.parse(args[2]));
        Thread.ofPlatform().daemon().name("paced").start(loop::run);
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // until the benchmark ends it
        }
    }

    private void run() {
        try {
            while (true) {
                long waitNanos = dues.element().atNanos() - System.nanoTime();
                if (waitNanos <= 0) {
                    Due due = dues.remove();
                    start(due.target());
                    dues.add(new Due(due.atNanos() + intervalNanos, due.target()));
                } else {
                    selector.select(
                            BareSchedule::finish,
                            TimeUnit.NANOSECONDS.toMillis(waitNanos + 999_999));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(InetSocketAddress target) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        if (channel.connect(target)) {
            channel.close();
        } else {
            channel.register(selector, SelectionKey.OP_CONNECT);
        }
    }

    private static void finish(SelectionKey key) {
        try (SocketChannel channel = (SocketChannel) key.channel()) {
            channel.finishConnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
