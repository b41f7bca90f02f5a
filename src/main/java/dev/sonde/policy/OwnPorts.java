package dev.sonde.policy;

import java.net.InetAddress;

/// The sockets of this service that probes and checks may reach in spite of what is denied by
/// default. Safe for any thread.
@FunctionalInterface
public interface OwnPorts {

    /// A host without own ports.
    OwnPorts NONE = (_, _) -> false;

    /// Whether a connection to this address and port reaches this service itself.
    boolean isOwn(InetAddress address, int port);
}
