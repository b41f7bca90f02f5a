package dev.sonde.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// One scrape of all series.
///
/// @param tookNanos from the connect to the last byte
/// @param bytes of the answer
record Scrape(long tookNanos, long bytes) {

    private static final int BUFFER = 256 * 1_024;
    private static final int LONGEST_MILLIS = 30_000;

    /// By a bare socket, since the reader shares the cores with what it reads.
    static Scrape of(ServiceProcess service) throws IOException {
        URI address = service.at("/actuator/prometheus");
        byte[] request =
                "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n"
                        .formatted(address.getPath(), address.getAuthority())
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[BUFFER];
        long startNanos = System.nanoTime();
        long bytes = 0;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(LONGEST_MILLIS);
            socket.getOutputStream().write(request);
            InputStream answer = socket.getInputStream();
            for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
                bytes += read;
            }
        }
        return new Scrape(System.nanoTime() - startNanos, bytes);
    }
}
