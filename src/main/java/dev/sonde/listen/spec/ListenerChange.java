package dev.sonde.listen.spec;

import java.util.Locale;

/// A change of a listener. A closed list.
public enum ListenerChange {
    /// It listens: for the first time, again, or elsewhere.
    OPENED,
    /// It was replaced while its port stayed.
    CHANGED,
    PAUSED,
    RESUMED,
    /// Its port cannot be opened; the listener is retried.
    FAILED,
    EXPIRED,
    DELETED;

    /// Lower snake case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
