package dev.sonde.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Reads the event stream from a socket of its own, as slowly as a test wants. HTTP/1.0, so that
/// the answer comes unchunked.
@SuppressWarnings("NullAway") // a null fails the test
public final class EventReader implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader lines;
    private final String status;
    private Map<String, String> first = Map.of();

    public record Sent(long id, String type, String data) {}

    public EventReader(int port, String query, String... headers) {
        try {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(20_000);
            String request = "GET /api/v1/events" + query + " HTTP/1.0\r\n";
            for (String header : headers) {
                request += header + "\r\n";
            }
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
            lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8),
                            1_024);
            status = lines.readLine();
            readUntilBlank();
            if (status.contains(" 200 ")) {
                first = readUntilBlank();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The next event; comments are skipped.
    public Sent next() throws IOException {
        Map<String, String> fields = first;
        first = Map.of();
        while (!fields.containsKey("data")) {
            fields = readUntilBlank();
        }
        return new Sent(Long.parseLong(fields.get("id")), fields.get("event"), fields.get("data"));
    }

    public String status() {
        return status;
    }

    /// Waits for a comment line.
    public void awaitHeartbeat() throws IOException {
        boolean isComment = false;
        while (!isComment) {
            isComment = readUntilBlank().containsKey("");
        }
    }

    private Map<String, String> readUntilBlank() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line = lines.readLine(); ; line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the stream has ended");
            }
            if (line.isEmpty()) {
                return fields;
            }
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
