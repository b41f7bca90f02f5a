package dev.sonde.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that streams a check over a socket of its own, so that it can read slowly or go away.
public final class StreamReader implements AutoCloseable {

    /// Small, so that a reader who stops is soon felt; larger than a segment on loopback, or the
    /// sender would wait for its timers.
    private static final int RECEIVE_BYTES = 256 * 1_024;

    private final Socket socket = new Socket();
    private final BufferedReader lines;
    private final String check;

    public StreamReader(int port, String body) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        // HTTP/1.0, so that the lines come as they are and not in chunks.
        String request =
                "POST /api/v1/checks HTTP/1.0\r\nHost: 127.0.0.1\r\n"
                        + "Content-Type: application/json\r\nAccept: application/x-ndjson\r\n"
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        check = readHead();
    }

    /// Where the check is found.
    public String check() {
        return check;
    }

    /// A line, or null at the end.
    public String next() throws IOException {
        return lines.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readHead() throws IOException {
        String location = "";
        for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-location:")) {
                location = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return location;
    }
}
