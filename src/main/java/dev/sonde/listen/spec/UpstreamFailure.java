package dev.sonde.listen.spec;

import java.util.Locale;

/// The treatment of a client whose upstream cannot be connected to.
public enum UpstreamFailure {
    /// FIN.
    CLOSE,
    /// RST.
    RESET,
    /// RST for this client; the port is closed for newcomers until a connect to the upstream works.
    REFUSE,
    /// The client stays connected; nothing is read and nothing is sent.
    HOLD;

    /// Lower snake case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
