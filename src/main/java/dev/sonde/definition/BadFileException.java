package dev.sonde.definition;

/// Files of definitions that cannot be used; the message names file, line and field.
final class BadFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadFileException(String message) {
        super(message);
    }
}
