package dev.sonde.listen.spec;

import java.util.Locale;

/// How, and by whom, an accepted connection was ended: by what came first.
public enum ConnectionEnd {
    PEER_FIN,
    PEER_RST,
    OUR_FIN,
    OUR_RST,
    IDLE,
    LIFETIME,
    BYTE_LIMIT,
    /// The peer refused with a TLS alert.
    TLS_ALERT,
    /// The peer spoke no TLS, or was refused with an alert.
    TLS_FAILED,
    /// The upstream of a proxy closed it.
    UPSTREAM_FIN,
    /// The upstream of a proxy reset it, and so was the peer's side.
    UPSTREAM_RST,
    /// The upstream of a proxy cannot be connected to.
    UPSTREAM_FAILED,
    /// A fault of a proxy closed both sides.
    FAULT_FIN,
    /// A fault of a proxy reset both sides.
    FAULT_RST,
    /// The listener was deleted, has expired or moved; or the service stopped.
    LISTENER_CLOSED,
    /// An error of this host or of the path, such as a peer that stopped to acknowledge.
    ERROR;

    /// A participant that may end a connection.
    public enum Party {
        CLIENT,
        SONDE,
        UPSTREAM
    }

    /// The participant that ended it.
    public Party endedBy() {
        return switch (this) {
            case PEER_FIN, PEER_RST, TLS_ALERT -> Party.CLIENT;
            case UPSTREAM_FIN, UPSTREAM_RST -> Party.UPSTREAM;
            case OUR_FIN,
                    OUR_RST,
                    IDLE,
                    LIFETIME,
                    BYTE_LIMIT,
                    TLS_FAILED,
                    UPSTREAM_FAILED,
                    FAULT_FIN,
                    FAULT_RST,
                    LISTENER_CLOSED,
                    ERROR ->
                    Party.SONDE;
        };
    }

    /// Lower snake case, the same in JSON and in metric labels.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
