package dev.sonde.policy;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The sockets on which listeners listen. Safe for any thread.
public final class ListenerPorts {

    /// By port: one socket for each address at most.
    private final Map<Integer, List<InetSocketAddress>> listeners = new ConcurrentHashMap<>();

    public void opened(InetSocketAddress address) {
        listeners.merge(address.getPort(), List.of(address), ListenerPorts::joined);
    }

    public void closed(InetSocketAddress address) {
        listeners.computeIfPresent(address.getPort(), (_, open) -> without(open, address));
    }

    /// Whether a connection to this address can have met one of them; it need not have.
    public boolean mayListenAt(InetSocketAddress address) {
        return !listeners.isEmpty() && listeners.containsKey(address.getPort());
    }

    /// Addresses of listeners on this port.
    List<InetSocketAddress> at(int port) {
        return listeners.getOrDefault(port, List.of());
    }

    private static List<InetSocketAddress> joined(
            List<InetSocketAddress> open, List<InetSocketAddress> more) {
        List<InetSocketAddress> all = new ArrayList<>(open);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static @Nullable List<InetSocketAddress> without(
            List<InetSocketAddress> open, InetSocketAddress address) {
        List<InetSocketAddress> left = new ArrayList<>(open);
        left.remove(address);
        return left.isEmpty() ? null : List.copyOf(left);
    }
}
