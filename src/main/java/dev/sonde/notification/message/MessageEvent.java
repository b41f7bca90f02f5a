package dev.sonde.notification.message;

/// The occasion of a message. A message of several occasions carries the first of them in this
/// order.
public enum MessageEvent {
    OPENED("incident.opened"),
    CLOSED("incident.closed"),
    DEGRADED("probe.degraded"),
    RECOVERED("probe.recovered"),
    REMINDED("incident.reminded"),
    TEST("test");

    private final String label;

    MessageEvent(String label) {
        this.label = label;
    }

    /// The word in messages, views and queries.
    public String label() {
        return label;
    }

    /// The event of a word.
    ///
    /// @throws IllegalArgumentException where no event has it
    public static MessageEvent of(String label) {
        for (MessageEvent each : values()) {
            if (each.label.equals(label)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no event of a message: " + label);
    }
}
