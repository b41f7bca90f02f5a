package dev.sonde.probe.spec;

/// How far the TCP handshake goes.
public enum Handshake {
    /// SYN, SYN-ACK, ACK: the peer's program is given a connection.
    FULL,
    /// SYN, SYN-ACK, RST: the final ACK is withheld (`TCP_QUICKACK` off before connect), so the
    /// peer's program sees no connection. Implies [CloseMode#RST].
    HALF_OPEN
}
