package dev.sonde.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the callers' process runs: it fills an accept queue with connections that have sent their
/// bytes already, and tells when each of them has had its answer. Told on standard input what to
/// do; it ends with that.
final class Callers {

    static final String READY = "callers ready";
    static final String DONE = "callers done ";

    private static final int BYTES = 64;
    private static final long LONGEST_SELECT_MILLIS = 20_000;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);

    private Callers() throws IOException {}

    public static void main(String[] args) throws IOException {
        Callers callers = new Callers();
        System.out.println(READY);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "connect" ->
                        callers.connect(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "send" -> callers.send();
                case "await" -> callers.awaitAnswers();
                case "drop" -> callers.drop();
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println(DONE + System.nanoTime());
        }
    }

    private void connect(int port, int connections) throws IOException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(to);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.register(selector, SelectionKey.OP_READ);
            channels.add(channel);
        }
    }

    private void send() throws IOException {
        for (SocketChannel channel : channels) {
            channel.write(buffer.clear());
        }
    }

    /// An answer is as many bytes as were sent, or the end.
    private void awaitAnswers() throws IOException {
        int[] missing = {channels.size()};
        while (missing[0] > 0) {
            int ready =
                    selector.select(
                            key -> {
                                if (hasAnswer((SocketChannel) key.channel())) {
                                    key.interestOps(0);
                                    missing[0]--;
                                }
                            },
                            LONGEST_SELECT_MILLIS);
            if (ready == 0) {
                throw new IOException(missing[0] + " connections were not answered");
            }
        }
    }

    private boolean hasAnswer(SocketChannel channel) {
        try {
            int count = channel.read(buffer.clear());
            return count < 0 || count == BYTES;
        } catch (IOException e) {
            throw new IllegalStateException("a connection was reset", e);
        }
    }

    /// Closed with RST, so that no port waits.
    private void drop() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        channels.clear();
        selector.selectNow();
    }
}
