package dev.sonde.probe.path;

import java.util.Locale;

/// A question beyond the probe itself, which costs packets or time of its own.
public enum Question {
    /// SYNs with a growing TTL.
    PATH,
    /// Data with a growing TTL on a connection that stands.
    DATA_PATH,
    /// Further connections with smaller segments.
    MTU,
    /// A second connect before a verdict of half-established.
    SECOND_CONNECT,
    /// This host's own route, neighbour and link.
    OWN_SIDE,
    /// Connects from several source ports.
    FLOWS,
    /// A second port of the same host, and one of UDP.
    PORTS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// The word in settings and results.
    public String label() {
        return label;
    }
}
