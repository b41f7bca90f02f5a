package dev.sonde.listen.spec;

/// A listener that cannot be as it is described.
public final class InvalidListenerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidListenerException(String field, String message) {
        super(message);
        this.field = field;
    }

    /// Where in the description, such as `limits.idle`.
    public String field() {
        return field;
    }
}
