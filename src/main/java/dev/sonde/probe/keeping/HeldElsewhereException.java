package dev.sonde.probe.keeping;

/// Another replica holds the object, and only that one can answer.
public final class HeldElsewhereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String holder;

    /// @param holder the replica's name
    public HeldElsewhereException(String holder) {
        super("replica " + holder + " has it", null, false, false);
        this.holder = holder;
    }

    public String holder() {
        return holder;
    }
}
