package dev.sonde.tls;

/// Whether a server asks for a client's certificate.
public enum ClientAuth {
    NONE,
    /// It asks, and takes a client without one as well.
    WANT,
    /// It asks, and refuses a client without one.
    NEED
}
