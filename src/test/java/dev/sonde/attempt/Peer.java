package dev.sonde.attempt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A listener on loopback for probes to meet.
record Peer(ServerSocketChannel listener, List<SocketChannel> fillers) implements AutoCloseable {

    static Peer listening() throws IOException {
        return listening("127.0.0.1");
    }

    static Peer listening(String address) throws IOException {
        return new Peer(
                ServerSocketChannel.open().bind(new InetSocketAddress(address, 0), 4_096),
                new ArrayList<>());
    }

    /// A listener whose accept queue is full, so that the kernel drops every SYN.
    static Peer silent() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Peer peer = new Peer(ServerSocketChannel.open().bind(any, 1), new ArrayList<>());
        peer.fillers.add(SocketChannel.open(peer.address()));
        peer.fillers.add(SocketChannel.open(peer.address()));
        return peer;
    }

    /// An address where nobody listens any more.
    static InetSocketAddress closed() throws IOException {
        try (Peer peer = listening()) {
            return peer.address();
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                listener.socket().getInetAddress(), listener.socket().getLocalPort());
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /// Makes room in the accept queue.
    void acceptFillers() throws IOException {
        for (int i = 0; i < fillers.size(); i++) {
            listener.accept().close();
        }
    }

    static void abort(SocketChannel connection) throws IOException {
        connection.setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.close();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        listener.close();
    }
}
