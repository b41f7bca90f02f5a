package dev.sonde.security;

import dev.sonde.security.undecided.UndecidedAccessException;

/// The protection of the service, decided once at start.
enum AccessMode {
    /// Nothing was configured, and only this host can reach the service: every caller has all
    /// rights.
    OPEN_ON_LOOPBACK,

    /// The configuration declares it open.
    DECLARED_OPEN,

    /// Callers show a token.
    SECURED;

    /// @param hasCallers whether tokens, or a server that issues them, are configured
    /// @param isLoopbackAlone whether no other host can reach the service
    /// @throws UndecidedAccessException where the service would be open without a declaration, or
    ///     where the settings contradict each other
    static AccessMode decide(boolean declaredOpen, boolean hasCallers, boolean isLoopbackAlone) {
        if (declaredOpen && hasCallers) {
            throw new UndecidedAccessException(
                    "sonde.security.open=true says that anybody may do anything, and tokens are"
                            + " configured too.",
                    "Remove one of the two.");
        }
        if (declaredOpen) {
            return DECLARED_OPEN;
        }
        if (hasCallers) {
            return SECURED;
        }
        if (isLoopbackAlone) {
            return OPEN_ON_LOOPBACK;
        }
        throw new UndecidedAccessException(
                "Other hosts could reach the service and make it connect anywhere, and nothing says"
                        + " who may.",
                "Secure it with sonde.security.tokens (or with"
                        + " spring.security.oauth2.resourceserver.jwt.*), or declare it open with"
                        + " sonde.security.open=true. It needs neither with"
                        + " server.address=127.0.0.1.");
    }

    boolean isOpen() {
        return this != SECURED;
    }
}
