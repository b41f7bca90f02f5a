package dev.sonde.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// The upstream behind every proxy of the benchmark. The first byte of a connection says what it
/// does: `E` sends back what comes, `D` drops it and confirms the end. It ends with its input.
final class ProxyUpstream {

    static final String READY = "proxy upstream ready ";

    private static final int BACKLOG = 4_096;
    private static final int BUFFER_BYTES = 65_536;

    private ProxyUpstream() {}

    public static void main(String[] args) throws IOException {
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("upstream").start(() -> accept(listener));
        System.out.println(READY + listener.getLocalPort());
        while (System.in.read() >= 0) {
            // until the benchmark ends it
        }
    }

    private static void accept(ServerSocket listener) {
        while (true) {
            try {
                Socket accepted = listener.accept();
                Thread.ofVirtual().start(() -> serve(accepted));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void serve(Socket accepted) {
        try (accepted) {
            accepted.setTcpNoDelay(true);
            InputStream in = accepted.getInputStream();
            OutputStream out = accepted.getOutputStream();
            boolean isEcho = in.read() == 'E';
            byte[] buffer = new byte[isEcho ? 1_024 : BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (isEcho) {
                    out.write(buffer, 0, count);
                }
            }
            out.write('.');
        } catch (IOException _) {
            // The client is done with it.
        }
    }
}
