package dev.sonde.listen.engine;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The way from each own proxy to its upstream. It shows a loop through any number of own proxies.
/// Safe for any thread.
public final class ProxyRoutes {

    private final Map<String, Route> byListener = new ConcurrentHashMap<>();

    /// @param from where the proxy listens
    /// @param to its upstreams as written, each with its latest addresses
    private record Route(InetSocketAddress from, Map<Target, List<InetAddress>> to) {}

    /// Replaces the ways of a listener. A listener without a proxy has none.
    public void set(String listener, InetSocketAddress from, Behaviour behaviour) {
        Map<Target, List<InetAddress>> to = new HashMap<>();
        for (Behaviour.Part part : behaviour.parts()) {
            if (part.behaviour() instanceof Behaviour.Proxy proxy) {
                to.put(proxy.to(), literal(proxy.to()));
            }
        }
        if (to.isEmpty()) {
            byListener.remove(listener);
        } else {
            byListener.put(listener, new Route(from, Map.copyOf(to)));
        }
    }

    /// Empty for a name, and for an address whose interface is gone.
    private static List<InetAddress> literal(Target to) {
        try {
            return to.address().stream().toList();
        } catch (InterfaceGoneException _) {
            return List.of();
        }
    }

    public void remove(String listener) {
        byListener.remove(listener);
    }

    /// Notes the addresses of a proxy's upstream.
    public void resolved(String listener, Target upstream, List<InetAddress> addresses) {
        byListener.computeIfPresent(
                listener,
                (_, route) -> {
                    Map<Target, List<InetAddress>> to = new HashMap<>(route.to());
                    to.computeIfPresent(upstream, (_, _) -> addresses);
                    return new Route(route.from(), Map.copyOf(to));
                });
    }

    /// Whether a connection that `listener` makes to `upstream` would come back to a proxy on its
    /// way.
    public boolean isLoop(String listener, InetSocketAddress upstream) {
        Set<String> passed = new HashSet<>();
        passed.add(listener);
        return comesBack(upstream.getAddress(), upstream.getPort(), passed);
    }

    private boolean comesBack(InetAddress address, int port, Set<String> passed) {
        String owner = ownerAt(address, port);
        if (owner == null) {
            return false;
        }
        if (!passed.add(owner)) {
            return true;
        }
        Route route = byListener.get(owner);
        if (route == null) {
            return false;
        }
        for (Map.Entry<Target, List<InetAddress>> upstream : route.to().entrySet()) {
            for (InetAddress next : upstream.getValue()) {
                if (comesBack(next, upstream.getKey().port(), new HashSet<>(passed))) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String ownerAt(InetAddress address, int port) {
        for (Map.Entry<String, Route> entry : byListener.entrySet()) {
            InetSocketAddress from = entry.getValue().from();
            if (from.getPort() == port && meets(from.getAddress(), address)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /// A listener on all addresses is met at each address of this host.
    private static boolean meets(InetAddress bound, InetAddress address) {
        return bound.equals(address)
                || address.isAnyLocalAddress()
                || (bound.isAnyLocalAddress() && isOwn(address));
    }

    private static boolean isOwn(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException _) {
            // The interfaces cannot be listed: it is taken for another host's.
            return false;
        }
    }
}
