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
    /// Targets are being probed or wait.
    RUNNING,
    /// Every target has its result.
    DONE,
    /// The check was stopped before its end; targets that had not started were not probed.
    CANCELLED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// The word in answers.
    public String label() {
        return label;
    }
}
