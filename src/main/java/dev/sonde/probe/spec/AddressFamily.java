package dev.sonde.probe.spec;

/// Which addresses of a name count, and in which order.
public enum AddressFamily {
    /// All, in the resolver's order.
    ANY,
    /// IPv4 only.
    IPV4,
    /// IPv6 only.
    IPV6,
    /// All, IPv4 first.
    PREFER_IPV4,
    /// All, IPv6 first.
    PREFER_IPV6
}
