package dev.sonde.listen.spec;

import org.jspecify.annotations.Nullable;

/// A listener could not be had; nothing of it is left open.
public final class ListenerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ListenerProblem problem;
    private final @Nullable String address;

    public ListenerException(ListenerProblem problem, String detail) {
        this(problem, null, detail);
    }

    /// @param address the one that it is about
    public ListenerException(ListenerProblem problem, @Nullable String address, String detail) {
        super(detail);
        this.problem = problem;
        this.address = address;
    }

    /// The address that was decided on; absent where there was nothing to decide.
    public @Nullable String address() {
        return address;
    }

    public ListenerProblem problem() {
        return problem;
    }

    /// For the person who asked.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
