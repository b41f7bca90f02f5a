package dev.sonde.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// One connection to a service on loopback, on which requests are sent as they are written.
public final class KeptConnection implements AutoCloseable {

    private static final String LENGTH = "Content-Length: ";
    private static final int LONGEST_WAIT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream answers;

    /// One answer.
    ///
    /// @param head the status and the headers that are equal in equal answers
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(List<String> head, byte[] bytes) {

        public String body() {
            return new String(bytes, US_ASCII);
        }

        public boolean isKept() {
            return !head.contains("Connection: close");
        }
    }

    private KeptConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    public static KeptConnection open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(LONGEST_WAIT_MILLIS);
        return new KeptConnection(socket);
    }

    public void send(String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(US_ASCII));
    }

    public Answer ask(String request) throws IOException {
        send(request);
        return answer();
    }

    public Answer answer() throws IOException {
        List<String> head = new ArrayList<>();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()));
            } else if (!line.startsWith("Date: ")) {
                head.add(line);
            }
        }
        return new Answer(head, answers.readNBytes(length));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new EOFException(line.toString());
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
