package dev.sonde.problem;

import tools.jackson.core.JacksonException;

/// A body that was JSON and is not what is expected, seen where the framework does not look.
public final class UnreadableBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableBodyException(JacksonException cause) {
        super(cause);
    }
}
