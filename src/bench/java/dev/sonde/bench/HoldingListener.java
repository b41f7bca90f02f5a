package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// What holds the other end of held connections: accepts, and keeps what it accepted. It ends with
/// its standard input.
final class HoldingListener {

    static final String READY = "holding listener ready ";

    private static final int BACKLOG = 4_096;

    private HoldingListener() {}

    public static void main(String[] args) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open()
                        .bind(
                                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                                BACKLOG);
        Thread.ofPlatform().daemon().name("holder").start(() -> accept(listener));
        System.out.println(READY + listener.socket().getLocalPort());
        while (System.in.read() >= 0) {
            // until the benchmark ends it
        }
    }

    private static void accept(ServerSocketChannel listener) {
        List<SocketChannel> held = new ArrayList<>();
        try {
            while (true) {
                held.add(listener.accept());
            }
        } catch (IOException e) {
            throw new IllegalStateException("no more after " + held.size(), e);
        }
    }
}
