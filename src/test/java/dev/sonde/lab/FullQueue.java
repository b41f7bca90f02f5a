package dev.sonde.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A listener on loopback that never accepts and whose queue is full, so that a connect to it gets
/// no answer. Needs no root.
///
/// Linux admits `backlog + 1` connections (`sk_acceptq_is_full` compares with `>`).
public final class FullQueue implements AutoCloseable {

    private static final int BACKLOG = 1;

    private final ServerSocket listener;
    private final List<SocketChannel> fillers = new ArrayList<>();

    private FullQueue() throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
    }

    public static FullQueue open() throws IOException {
        FullQueue full = new FullQueue();
        for (int i = 0; i <= BACKLOG; i++) {
            full.fillers.add(SocketChannel.open(full.listener.getLocalSocketAddress()));
        }
        return full;
    }

    /// As a check names it.
    public String target() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        listener.close();
    }
}
