package dev.sonde.probe.spec;

/// How a connection that was made is ended.
public enum CloseMode {
    /// Politely, with a FIN. Whoever closes first keeps the port in TIME_WAIT for a minute: that is
    /// the prober, at about 470 closes a second for each destination before local ports run out.
    FIN,
    /// At once, with a RST (`SO_LINGER` 0). Nothing stays in TIME_WAIT on either side; the peer's
    /// program sees "connection reset".
    RST
}
