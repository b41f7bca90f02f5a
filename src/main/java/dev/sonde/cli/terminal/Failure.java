package dev.sonde.cli.terminal;

/// The end of a command with a sentence for the person who gave it.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Wrong usage (`sysexits.h`, EX_USAGE).
    public static final int USAGE = 64;

    /// The server cannot be reached, or refuses.
    public static final int SERVER = 3;

    /// Nothing was learnt about a target, or a listener cannot be opened.
    public static final int NOT_PROBED = 2;

    private final int status;

    /// @param status the exit status
    public Failure(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public static Failure usage(String sentence) {
        return new Failure(USAGE, sentence);
    }

    public int status() {
        return status;
    }
}
