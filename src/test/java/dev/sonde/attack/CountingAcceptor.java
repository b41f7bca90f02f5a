package dev.sonde.attack;

import dev.sonde.lab.OwnThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/// A target at every address of 127.0.0.0/8 that counts its connections and closes each.
final class CountingAcceptor implements AutoCloseable {

    private static final int BACKLOG = 4_096;

    private final LongAdder accepted = new LongAdder();
    private final ServerSocket listener;

    CountingAcceptor() throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("0.0.0.0"));
        OwnThread.OF_EACH.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    long accepted() {
        return accepted.sum();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket _ = listener.accept()) {
                accepted.increment();
            } catch (IOException _) {
                // The client was faster, or the listener is closed.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
