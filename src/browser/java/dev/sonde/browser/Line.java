package dev.sonde.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A way to the service that can be cut and mended, or held, or that stands under a path of its own
/// as a reverse proxy does. A proxy takes one request per connection. Safe for any thread.
final class Line implements AutoCloseable {

    private final ServerSocket server;
    private final int service;
    private final String prefix;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;
    private final AtomicLong passed = new AtomicLong();
    private final Object gate = new Object();

    /// Guarded by [#gate].
    private boolean isHeld;

    /// A bare line.
    Line(int service) {
        this(service, "");
    }

    /// @param prefix the path that is cut off and named in `X-Forwarded-Prefix`
    Line(int service, String prefix) {
        this.service = service;
        this.prefix = prefix;
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// Ends all connections, and each new one at once.
    void cut() {
        isCut = true;
        open.forEach(Line::end);
    }

    void mend() {
        isCut = false;
    }

    /// Passes nothing on from now, and ends nothing.
    void hold() {
        synchronized (gate) {
            isHeld = true;
        }
    }

    /// Passes on what waited.
    void release() {
        synchronized (gate) {
            isHeld = false;
            gate.notifyAll();
        }
    }

    /// Bytes that it passed on.
    long passed() {
        return passed.get();
    }

    private void awaitRelease() throws IOException {
        synchronized (gate) {
            while (isHeld) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                if (isCut) {
                    end(client);
                } else {
                    Thread.ofVirtual().start(() -> join(client));
                }
            }
        } catch (IOException _) {
            // It is closed.
        }
    }

    private void join(Socket client) {
        try (Socket upstream = new Socket(InetAddress.ofLiteral("127.0.0.1"), service)) {
            open.add(client);
            open.add(upstream);
            if (!prefix.isEmpty()) {
                pass(client.getInputStream(), upstream.getOutputStream());
            }
            Thread.ofVirtual().start(() -> copy(client, upstream));
            copy(upstream, client);
        } catch (IOException _) {
            end(client);
        }
    }

    /// The head of the one request, with the prefix cut off.
    private void pass(InputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        String text =
                head.toString()
                        .replaceFirst(" " + prefix + "/", " /")
                        .replaceFirst("(?i)\r\nConnection: [^\r]*", "")
                        .replaceFirst(
                                "\r\n",
                                "\r\nConnection: close\r\nX-Forwarded-Prefix: " + prefix + "\r\n");
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitRelease();
                to.getOutputStream().write(buffer, 0, read);
                passed.addAndGet(read);
            }
        } catch (IOException _) {
            // One end is gone; both are closed.
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It was.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException _) {
            // It was.
        }
        open.forEach(Line::end);
    }
}
