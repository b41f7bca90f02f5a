package dev.sonde.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The clients of a proxy of the benchmark: each measure opens its connections and ends them.
final class ProxyClients {

    private static final int CHUNK_BYTES = 65_536;
    private static final int MESSAGE_BYTES = 64;

    private final int port;

    ProxyClients(int port) {
        this.port = port;
    }

    /// Round trips of one measure.
    ///
    /// @param perSecond of all connections together
    /// @param medianNanos of the first connection
    /// @param p99Nanos of the first connection
    record RoundTrips(double perSecond, long medianNanos, long p99Nanos) {}

    /// Sends bytes to an upstream that drops them.
    ///
    /// @return bytes a second, of all streams together
    double stream(int streams, long bytesInAll) {
        long startNanos = System.nanoTime();
        inParallel(streams, () -> streamOne(bytesInAll / streams));
        return bytesInAll * 1e9 / (System.nanoTime() - startNanos);
    }

    private void streamOne(long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (Socket socket = connect('D')) {
            OutputStream out = socket.getOutputStream();
            for (long left = bytes; left > 0; left -= CHUNK_BYTES) {
                out.write(chunk, 0, (int) Math.min(left, CHUNK_BYTES));
            }
            socket.shutdownOutput();
            if (socket.getInputStream().read() != '.') {
                throw new IOException("the end was not confirmed");
            }
        }
    }

    /// Sends messages of 64 bytes and waits for each to come back.
    RoundTrips roundTrips(int connections, int messagesEach) {
        long[] tookNanos = new long[messagesEach];
        long startNanos = System.nanoTime();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i < connections; i++) {
                others.add(
                        CompletableFuture.runAsync(
                                unchecked(() -> talk(new long[messagesEach])), threads));
            }
            unchecked(() -> talk(tookNanos)).run();
            others.forEach(CompletableFuture::join);
        }
        double perSecond =
                (double) connections * messagesEach * 1e9 / (System.nanoTime() - startNanos);
        Arrays.sort(tookNanos);
        return new RoundTrips(
                perSecond, tookNanos[messagesEach / 2], tookNanos[messagesEach * 99 / 100]);
    }

    private void talk(long[] tookNanos) throws IOException {
        byte[] message = new byte[MESSAGE_BYTES];
        try (Socket socket = connect('E')) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (int i = 0; i < tookNanos.length; i++) {
                long startNanos = System.nanoTime();
                out.write(message);
                if (in.readNBytes(message, 0, MESSAGE_BYTES) != MESSAGE_BYTES) {
                    throw new IOException("a message did not come back");
                }
                tookNanos[i] = System.nanoTime() - startNanos;
            }
        }
    }

    /// Opens connections, sends a byte through each, and closes it.
    ///
    /// @return connections a second
    double connects(int count) {
        int each = count / 8;
        long startNanos = System.nanoTime();
        inParallel(
                8,
                () -> {
                    for (int i = 0; i < each; i++) {
                        streamOne(1);
                    }
                });
        return 8.0 * each * 1e9 / (System.nanoTime() - startNanos);
    }

    /// Opens connections that do nothing; each has passed one byte.
    List<Socket> idle(int count) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = connect('E');
            socket.getOutputStream().write(1);
            if (socket.getInputStream().read() != 1) {
                throw new IOException("a byte did not come back");
            }
            open.add(socket);
        }
        return open;
    }

    private Socket connect(char mode) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(mode);
        return socket;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inParallel(int threads, Work work) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (ExecutorService own = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                all.add(CompletableFuture.runAsync(unchecked(work), own));
            }
            all.forEach(CompletableFuture::join);
        }
    }

    private static Runnable unchecked(Work work) {
        return () -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
