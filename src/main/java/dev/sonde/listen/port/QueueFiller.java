package dev.sonde.listen.port;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.kernel.AcceptQueue;
import dev.sonde.lane.Lane;
import dev.sonde.lane.ResetOnClose;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Own clients that fill a listener's accept queue. Linux admits one more than the backlog, and
/// then drops each SYN. Confined to the listener's loop.
final class QueueFiller {

    private static final int CONNECTS_PER_TURN = 64;

    /// The most additional clients. They replace strangers that left the queue and SYNs that were
    /// lost.
    private static final int SPARE = 16;

    private final Lane lane;
    private final DescriptorBudget descriptors;
    private final List<SocketChannel> clients = new ArrayList<>();
    private final Set<SocketAddress> sources = new HashSet<>();

    QueueFiller(Lane lane, DescriptorBudget descriptors) {
        this.lane = lane;
        this.descriptors = descriptors;
    }

    /// Connects some more clients where the queue has room.
    ///
    /// @return whether the queue is full
    /// @throws ListenerException where no descriptor is left
    boolean fillSome(Port port, int backlog) {
        for (int i = 0; i < CONNECTS_PER_TURN; i++) {
            if (isFull(port, backlog)) {
                return true;
            }
            if (!descriptors.tryAcquire()) {
                throw PortOpening.noDescriptors();
            }
            connect(destination(port.address()));
        }
        return isFull(port, backlog);
    }

    private boolean isFull(Port port, int backlog) {
        AcceptQueue queue = lane.kernel().acceptQueue(port.channel());
        if (queue == null) {
            return clients.size() > backlog;
        }
        return queue.isFull() || clients.size() > queue.limit() + SPARE;
    }

    /// The kernel of this host answers the connect before it returns.
    private void connect(InetSocketAddress to) {
        SocketChannel client = null;
        try {
            client = SocketChannel.open();
            client.configureBlocking(false);
            ResetOnClose.set(client);
            client.connect(to);
            if (client.finishConnect()) {
                // Only now does the channel know it.
                sources.add(client.getLocalAddress());
            }
            clients.add(client);
        } catch (IOException | RuntimeException e) {
            close(client);
            throw new ListenerException(
                    ListenerProblem.LOCAL_ERROR, "the accept queue could not be filled");
        }
    }

    boolean owns(InetSocketAddress remote) {
        return sources.contains(remote);
    }

    /// Resets all clients; they stay in the queue until they are accepted or the listener closes.
    void release() {
        clients.forEach(this::close);
        clients.clear();
    }

    private void close(@Nullable SocketChannel client) {
        if (client != null) {
            lane.loop().close(client);
        }
        descriptors.release();
    }

    private static InetSocketAddress destination(InetSocketAddress listener) {
        return listener.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort())
                : listener;
    }
}
