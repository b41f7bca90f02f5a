package dev.sonde.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What the listener's process runs: accept and close, on every loopback address.
///
/// Several sockets share the port, so that their accept queues together are long enough for the
/// listener to fall behind for a moment: a queue that is full costs a SYN and a second. It ends
/// with its standard input.
final class Listener {

    static final String READY = "listener ready ";

    static final String SETTLED = "listener settled";

    private static final int SOCKETS = 16;
    private static final int BACKLOG = 4_096;
    private static final Duration QUIET = Duration.ofMillis(30);
    private static final AtomicLong ACCEPTED = new AtomicLong();

    private Listener() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int threads = Integer.parseInt(args[0]);
        List<ServerSocketChannel> sockets = bind();
        for (int i = 0; i < threads; i++) {
            List<ServerSocketChannel> share = new ArrayList<>();
            for (int j = i; j < SOCKETS; j += threads) {
                share.add(sockets.get(j));
            }
            Thread.ofPlatform().daemon().name("acceptor-" + i).start(() -> accept(share));
        }
        System.out.println(READY + sockets.getFirst().socket().getLocalPort());
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (commands.readLine() != null) {
            awaitQuiet();
            System.out.println(SETTLED);
        }
    }

    private static void awaitQuiet() throws InterruptedException {
        long before;
        do {
            before = ACCEPTED.get();
            // Quiet is a time without an event.
            Thread.sleep(QUIET);
        } while (ACCEPTED.get() != before);
    }

    /// Only the wildcard address covers all of 127.0.0.0/8.
    private static List<ServerSocketChannel> bind() throws IOException {
        List<ServerSocketChannel> sockets = new ArrayList<>();
        int port = 0;
        for (int i = 0; i < SOCKETS; i++) {
            ServerSocketChannel socket = ServerSocketChannel.open();
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            InetAddress wildcard = InetAddress.ofLiteral("0.0.0.0");
            socket.bind(new InetSocketAddress(wildcard, port), BACKLOG);
            port = socket.socket().getLocalPort();
            sockets.add(socket);
        }
        return sockets;
    }

    private static void accept(List<ServerSocketChannel> sockets) {
        try (Selector selector = Selector.open()) {
            for (ServerSocketChannel socket : sockets) {
                socket.configureBlocking(false);
                socket.register(selector, SelectionKey.OP_ACCEPT, socket);
            }
            while (true) {
                selector.select(key -> drain((ServerSocketChannel) key.attachment()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the listener cannot go on", e);
        }
    }

    private static void drain(ServerSocketChannel socket) {
        try {
            for (SocketChannel peer = socket.accept(); peer != null; peer = socket.accept()) {
                ACCEPTED.incrementAndGet();
                peer.close();
            }
        } catch (IOException _) {
            // The peer had reset it before it was accepted; the next readiness brings the rest.
        }
    }
}
