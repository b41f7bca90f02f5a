package dev.sonde.listen.engine;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The ports on which listeners listen, on whatever address. Safe for any thread.
public final class OwnPorts {

    /// How many listeners a port has: one for each address at most.
    private final Map<Integer, Integer> listeners = new ConcurrentHashMap<>();

    public void opened(InetSocketAddress address) {
        listeners.merge(address.getPort(), 1, Integer::sum);
    }

    public void closed(InetSocketAddress address) {
        listeners.computeIfPresent(address.getPort(), (_, count) -> count == 1 ? null : count - 1);
    }

    /// Whether a connection to this address can have met one of them; it need not have.
    public boolean mayListenAt(InetSocketAddress address) {
        return !listeners.isEmpty() && listeners.containsKey(address.getPort());
    }
}
