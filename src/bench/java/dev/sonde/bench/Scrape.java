package dev.sonde.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One scrape of all series.
///
/// @param tookNanos from the connect to the last byte
/// @param bytes of the answer
record Scrape(long tookNanos, long bytes) {

    /// A native buffer: the kernel's copy is the only one.
    private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(1 << 20);

    /// By a bare socket, since the reader shares the cores with what it reads.
    static Scrape of(ServiceProcess service) throws IOException {
        URI address = service.at("/actuator/prometheus");
        return of(address.getHost(), address.getPort(), address.getPath());
    }

    static Scrape of(String host, int port, String path) throws IOException {
        byte[] request =
                "GET %s HTTP/1.0\r\nHost: %s:%d\r\n\r\n"
                        .formatted(path, host, port)
                        .getBytes(StandardCharsets.US_ASCII);
        long startNanos = System.nanoTime();
        long bytes = 0;
        try (SocketChannel socket = SocketChannel.open(new InetSocketAddress(host, port))) {
            socket.write(ByteBuffer.wrap(request));
            while (socket.read(BUFFER.clear()) >= 0) {
                bytes += BUFFER.position();
            }
        }
        return new Scrape(System.nanoTime() - startNanos, bytes);
    }
}
