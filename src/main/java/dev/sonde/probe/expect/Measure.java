package dev.sonde.probe.expect;

/// A figure of a run that an expectation can bound. Values are whole numbers in the unit of each.
public enum Measure {
    /// Duration of the connect phase, microseconds.
    CONNECT("connect"),
    /// Round trip of the handshake as the kernel measured it, microseconds.
    RTT("rtt"),
    /// Repeated SYNs.
    SYN_RETRANSMITS("synRetransmits"),
    /// Whole days until the presented certificates end.
    CERTIFICATE_DAYS("certificateDays"),
    /// Remaining share of the peer's own certificate's lifetime, hundredths of a per cent.
    CERTIFICATE_LIFETIME("certificateLifetime"),
    /// Position of the negotiated version of TLS, the oldest is 0.
    TLS_VERSION("tlsVersion");

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    /// The name of the condition in requests and results.
    public String label() {
        return label;
    }

    /// Whether only a run with TLS measures it.
    public boolean needsTls() {
        return switch (this) {
            case CONNECT, RTT, SYN_RETRANSMITS -> false;
            case CERTIFICATE_DAYS, CERTIFICATE_LIFETIME, TLS_VERSION -> true;
        };
    }
}
