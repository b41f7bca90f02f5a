package dev.sonde.definition.file;

/// Files of definitions that cannot be used; the message names file, line and field.
public final class BadFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadFileException(String message) {
        super(message);
    }
}
