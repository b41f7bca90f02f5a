package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// The least that Java can do: one thread, one selector, accept, and close, echo or hold. No
/// limits, no counters, no record of a connection.
final class BareAcceptor implements Accepting {

    static final int BACKLOG = 4_096;

    private final Treatment treatment;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey listening;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);

    BareAcceptor(Treatment treatment) throws IOException {
        this.treatment = treatment;
        this.selector = Selector.open();
        this.listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        this.listening = listener.register(selector, 0);
        Thread.ofPlatform().daemon().name("bare-acceptor").start(this::run);
    }

    @Override
    public int port() {
        return listener.socket().getLocalPort();
    }

    @Override
    public void accept(boolean on) {
        listening.interestOps(on ? SelectionKey.OP_ACCEPT : 0);
        selector.wakeup();
    }

    @Override
    public int open() {
        return selector.keys().size() - 1;
    }

    private void run() {
        try {
            while (true) {
                selector.select(this::ready);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the acceptor cannot go on", e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.equals(listening)) {
                drain();
            } else {
                echo(key);
            }
        } catch (IOException _) {
            key.cancel(); // the peer has reset it
        }
    }

    private void drain() throws IOException {
        for (SocketChannel peer = listener.accept(); peer != null; peer = listener.accept()) {
            if (treatment == Treatment.CLOSE) {
                peer.close();
            } else {
                peer.configureBlocking(false);
                peer.register(selector, SelectionKey.OP_READ);
            }
        }
    }

    private void echo(SelectionKey key) throws IOException {
        SocketChannel peer = (SocketChannel) key.channel();
        try {
            if (peer.read(buffer.clear()) < 0) {
                peer.close();
            } else {
                peer.write(buffer.flip());
            }
        } catch (IOException e) {
            peer.close();
            throw e;
        }
    }
}
