package dev.sonde.listen.spec;

/// A listener could not be had; nothing of it is left open.
public final class ListenerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ListenerProblem problem;

    public ListenerException(ListenerProblem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    public ListenerProblem problem() {
        return problem;
    }

    /// For the person who asked.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
