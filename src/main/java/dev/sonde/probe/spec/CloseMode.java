package dev.sonde.probe.spec;

/// How a connection that was made is ended.
public enum CloseMode {
    /// With a FIN. The side that closes first, here the prober, keeps the port in TIME_WAIT for a
    /// minute. Local ports run out at about 470 closes a second for each destination.
    FIN,
    /// At once, with a RST (`SO_LINGER` 0). Nothing stays in TIME_WAIT on either side; the peer's
    /// program sees "connection reset".
    RST
}
