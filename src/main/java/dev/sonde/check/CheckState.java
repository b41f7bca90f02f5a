package dev.sonde.check;

import java.util.Locale;

/// The state of a check.
///
/// ```
/// RUNNING --every target has its result--> DONE
///    |
///    +-----cancel, nothing in flight-----> CANCELLED
/// ```
public enum CheckState {
    /// Targets are being probed, or wait for it.
    RUNNING,
    /// Every target has its result.
    DONE,
    /// It was stopped before; what had not started was not probed.
    CANCELLED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// The word in answers.
    public String label() {
        return label;
    }
}
