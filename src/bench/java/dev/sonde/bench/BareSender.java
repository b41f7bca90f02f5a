package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;

/// A process that only sends: as many bytes as a scrape has, from one native buffer, to the same
/// reader. No scrape of that size can be faster beside the same load.
final class BareSender implements AutoCloseable {

    private static final String READY = "sender ready ";
    private static final int BUFFER = 32 * 1_024;

    private final Child child;
    private final int port;

    BareSender(long bytes) throws IOException {
        child =
                new Child(
                        Child.java(
                                "-Xmx32m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Child.classPath(),
                                BareSender.class.getName(),
                                Long.toString(bytes)));
        port = Integer.parseInt(child.await(READY));
    }

    /// The median time of some transfers, one a second, in milliseconds.
    static double millis(List<Scrape> scrapes) throws IOException, InterruptedException {
        long[] took = new long[scrapes.size()];
        try (BareSender sender = new BareSender(scrapes.getLast().bytes())) {
            for (int i = 0; i < took.length; i++) {
                // Transfers come at an interval, as scrapes do.
                Thread.sleep(1_000);
                took[i] = Scrape.of("127.0.0.1", sender.port, "/").tookNanos();
            }
        }
        Arrays.sort(took);
        return took[took.length / 2] / 1e6;
    }

    public static void main(String[] args) throws IOException {
        long bytes = Long.parseLong(args[0]);
        ByteBuffer text = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer request = ByteBuffer.allocate(1_024);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println(READY + server.socket().getLocalPort());
            while (true) {
                try (SocketChannel peer = server.accept()) {
                    var _ = peer.read(request.clear());
                    for (long left = bytes; left > 0; left -= text.position()) {
                        text.clear().limit((int) Math.min(left, BUFFER));
                        while (text.hasRemaining()) {
                            peer.write(text);
                        }
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
