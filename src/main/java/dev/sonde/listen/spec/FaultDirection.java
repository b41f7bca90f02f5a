package dev.sonde.listen.spec;

import java.util.Locale;

/// The direction of a proxied connection that a fault acts on.
public enum FaultDirection {
    /// From the upstream to the client.
    TO_CLIENT,
    /// From the client to the upstream.
    TO_UPSTREAM;

    /// Lower snake case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
