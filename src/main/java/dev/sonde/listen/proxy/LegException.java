package dev.sonde.listen.proxy;

import java.io.IOException;

/// A failure of one side of a proxied connection, whichever side was served when it showed.
final class LegException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Leg leg;

    LegException(Leg leg, IOException cause) {
        super(cause);
        this.leg = leg;
    }

    Leg leg() {
        return leg;
    }

    IOException reason() {
        return (IOException) getCause();
    }
}
