package dev.sonde.policy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/// The open listeners and the API. The ports for management, replicas and other consoles are none
/// of them. Safe for any thread.
///
/// A socket is reached at its bound address. One that is bound to all addresses is reached at each
/// address of this host. The same port on another address may belong to another process.
///
/// @param api where the API listens; empty until it does
record ServedPorts(
        ListenerPorts listeners, Supplier<Optional<InetSocketAddress>> api, HostAddresses host)
        implements OwnPorts {

    @Override
    public boolean isOwn(InetAddress address, int port) {
        InetAddress connected = Unspecified.connected(address);
        return listeners.at(port).stream().anyMatch(bound -> isReachedAt(bound, connected))
                || api.get()
                        .filter(bound -> bound.getPort() == port)
                        .filter(bound -> isReachedAt(bound, connected))
                        .isPresent();
    }

    private boolean isReachedAt(InetSocketAddress bound, InetAddress address) {
        InetAddress at = bound.getAddress();
        if (!at.isAnyLocalAddress()) {
            return at.equals(address);
        }
        boolean bothFamilies = at.getAddress().length == 16;
        return (bothFamilies || address.getAddress().length == 4) && host.contains(address);
    }
}
