package dev.sonde.listen.spec;

import org.jspecify.annotations.Nullable;

/// A listener cannot be opened or changed; nothing of it is left open.
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

    /// The judged address; absent where none was judged.
    public @Nullable String address() {
        return address;
    }

    public ListenerProblem problem() {
        return problem;
    }

    /// A sentence for the caller.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
