package dev.sonde.listen.spec;

/// The state of a listener.
public enum ListenerState {
    LISTENING("listening"),
    /// Listens and does not accept: connections wait in the accept queue.
    PAUSED("paused"),
    /// It has expired and its port is free.
    EXPIRED("expired"),
    /// Its port cannot be opened; the listener is retried.
    FAILED("failed");

    private final String label;

    ListenerState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
