package dev.sonde.policy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// The addresses of this host's interfaces, read again every few seconds. Safe for any thread: a
/// reader replaces outdated ones as a whole.
final class HostAddresses {

    private static final long FRESH_NANOS = 5_000_000_000L;

    private record Snapshot(Set<InetAddress> addresses, long atNanos) {}

    private final LongSupplier nanoTime;
    private volatile Snapshot snapshot;

    HostAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.snapshot = new Snapshot(Set.of(), nanoTime.getAsLong() - FRESH_NANOS);
    }

    /// Whether an interface has the address; every loopback address is the host's.
    boolean contains(InetAddress address) {
        return address.isLoopbackAddress() || current().contains(address);
    }

    private Set<InetAddress> current() {
        long now = nanoTime.getAsLong();
        Snapshot known = snapshot;
        if (now - known.atNanos() < FRESH_NANOS) {
            return known.addresses();
        }
        Set<InetAddress> read = read();
        snapshot = new Snapshot(read, now);
        return read;
    }

    /// A host whose interfaces cannot be listed has no address that is known as its own.
    private static Set<InetAddress> read() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException _) {
            return Set.of();
        }
    }
}
