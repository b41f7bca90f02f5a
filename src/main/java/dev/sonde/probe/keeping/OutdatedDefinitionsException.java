package dev.sonde.probe.keeping;

/// Another replica has changed definitions since they were read here; nothing was changed.
public final class OutdatedDefinitionsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutdatedDefinitionsException() {
        super("another replica has changed a definition");
    }
}
