package dev.sonde.notification.message;

import dev.sonde.probe.spec.EnumLabel;

/// The state of a message on its way to its receiver.
public enum DeliveryState {
    /// It is sent at the next attempt.
    WAITING,
    /// The receiver accepted it.
    DELIVERED,
    /// The receiver refuses its content; nothing more is attempted.
    FAILED;

    private final String label = EnumLabel.of(this);

    /// The word in views and queries.
    public String label() {
        return label;
    }
}
