package dev.sonde.problem;

import tools.jackson.core.JacksonException;

/// JSON of an unexpected form, found where the framework does not check.
public final class UnreadableBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableBodyException(JacksonException cause) {
        super(cause.getMessage(), cause, false, false);
    }
}
