package dev.sonde.start;

import org.jspecify.annotations.Nullable;

/// A reason for which the service does not start, and what to do about it.
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /// @param problem what happened, with the value and its property, in whole sentences
    /// @param remedy what to do, in whole sentences
    public StartException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    /// @param problem what happened, with the value and its property, in whole sentences
    /// @param remedy what to do, in whole sentences
    public StartException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
