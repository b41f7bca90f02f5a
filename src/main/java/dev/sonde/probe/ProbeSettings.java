package dev.sonde.probe;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a target is probed.
///
/// @param timeout of resolve and connect together, waiting in the prober's own queue excluded; 1 ms
///     to 10 min
/// @param sourceAddress the local address to connect from; the kernel's choice when absent
public record ProbeSettings(
        Duration timeout,
        AddressSelection addresses,
        AddressFamily family,
        @Nullable InetAddress sourceAddress,
        CloseMode close,
        Handshake handshake) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    /// A plain connect with a timeout of 5 s.
    public static final ProbeSettings DEFAULT =
            new ProbeSettings(
                    DEFAULT_TIMEOUT,
                    AddressSelection.FIRST,
                    AddressFamily.ANY,
                    null,
                    CloseMode.FIN,
                    Handshake.FULL);

    public ProbeSettings {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a timeout is from 1ms to 10m");
        }
        if (handshake == Handshake.HALF_OPEN && close != CloseMode.RST) {
            throw new IllegalArgumentException("a half-open handshake always ends with a RST");
        }
    }

    public ProbeSettings withTimeout(Duration timeout) {
        return new ProbeSettings(timeout, addresses, family, sourceAddress, close, handshake);
    }
}
