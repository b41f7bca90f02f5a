package dev.sonde.problem;

/// A request that ends as a problem of a known kind. It carries no stack trace: the caller's
/// request is its cause, and strangers can cause many.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    public ProblemException(ProblemType type, String detail) {
        super(detail, null, false, false);
        this.type = type;
    }

    public ProblemType type() {
        return type;
    }
}
