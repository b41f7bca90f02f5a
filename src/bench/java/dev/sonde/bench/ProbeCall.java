package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// A caller of an exporter that asks for one probe after the other, on one connection that it keeps
/// until the exporter says that it closes it. It belongs to one thread, and does as little as it
/// can, since it shares the exporter's cores.
final class ProbeCall implements AutoCloseable {

    private static final int LONGEST_ANSWER_BYTES = 64 * 1_024;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length: ";
    private static final String LAST = "\r\nconnection: close";
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final String SUCCESS = "\nprobe_success 1\n";

    private final int port;
    private final byte[] answer = new byte[LONGEST_ANSWER_BYTES];
    private Socket socket;

    ProbeCall(int port) throws IOException {
        this.port = port;
        this.socket = connect(port);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(LONGEST_WAIT.toMillis()));
        return socket;
    }

    /// Asks for one probe with the module `tcp_connect`.
    ///
    /// @return whether the answer was that it succeeded
    boolean succeeds(String target) throws IOException {
        String request =
                "GET /probe?module=tcp_connect&target=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .formatted(target);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String whole = read();
        if (head(whole).contains(LAST)) {
            socket.close();
            socket = connect(port);
        }
        return whole.startsWith("HTTP/1.1 200 ") && whole.contains(SUCCESS);
    }

    private String read() throws IOException {
        int filled = 0;
        while (filled < answer.length) {
            int count = socket.getInputStream().read(answer, filled, answer.length - filled);
            if (count < 0) {
                throw new IOException("the exporter closed the connection");
            }
            filled += count;
            String text = new String(answer, 0, filled, StandardCharsets.ISO_8859_1);
            if (isWhole(text)) {
                return text;
            }
        }
        throw new IOException("an answer of more than " + LONGEST_ANSWER_BYTES + " bytes");
    }

    private static boolean isWhole(String text) {
        String head = head(text);
        if (head.isEmpty()) {
            return false;
        }
        int length = head.indexOf(LENGTH);
        if (length < 0) {
            return text.endsWith(LAST_CHUNK);
        }
        int from = length + LENGTH.length();
        int lineEnd = head.indexOf('\r', from);
        String bytes = head.substring(from, lineEnd < 0 ? head.length() : lineEnd);
        return text.length() >= head.length() + END_OF_HEAD.length() + Integer.parseInt(bytes);
    }

    /// The status and the headers in lower case; nothing while they are not all there.
    private static String head(String text) {
        return text.substring(0, Math.max(0, text.indexOf(END_OF_HEAD))).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
