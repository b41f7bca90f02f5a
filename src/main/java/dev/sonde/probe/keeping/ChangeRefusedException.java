package dev.sonde.probe.keeping;

/// A change that the store refuses now, although it is up. Nothing was changed. The message is for
/// the caller.
public final class ChangeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean storageFull;

    public ChangeRefusedException(String message, boolean storageFull, Throwable cause) {
        super(message, cause);
        this.storageFull = storageFull;
    }

    /// Whether the disk has no room for it.
    public boolean isStorageFull() {
        return storageFull;
    }
}
