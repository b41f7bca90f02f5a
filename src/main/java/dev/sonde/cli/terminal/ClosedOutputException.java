package dev.sonde.cli.terminal;

import java.io.IOException;

/// The reader of the output has gone.
public final class ClosedOutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClosedOutputException(IOException cause) {
        super("the output cannot be written: its reader has gone.", cause);
    }
}
