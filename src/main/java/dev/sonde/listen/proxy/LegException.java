package dev.sonde.listen.proxy;

import java.io.IOException;

/// A failure of one side of a proxied connection, with that side. It may show while the other side
/// is served.
final class LegException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Leg leg;
    private final IOException reason;

    LegException(Leg leg, IOException cause) {
        super(cause);
        this.leg = leg;
        this.reason = cause;
    }

    Leg leg() {
        return leg;
    }

    IOException reason() {
        return reason;
    }
}
