package dev.sonde.api;

import java.io.IOException;

/// A request body is longer than is read.
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limitBytes) {
        super("a body has at most " + limitBytes + " bytes");
    }
}
