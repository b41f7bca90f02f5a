package dev.sonde.definition.source;

/// A source whose targets cannot be read now. The message is a sentence for its operator, without
/// credentials.
public final class SourceException extends Exception {

    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
