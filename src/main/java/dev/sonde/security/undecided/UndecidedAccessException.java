package dev.sonde.security.undecided;

/// The configuration does not decide who may use the service, so the service does not start.
public final class UndecidedAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    public UndecidedAccessException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
