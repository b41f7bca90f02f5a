package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;

/// Why nothing was learnt about a target. A closed list; the words are metric labels.
public enum NotProbedReason {
    /// The target policy forbids the resolved address or port.
    DENIED_BY_POLICY,
    /// The caller or the shutdown of the service ended the attempt first.
    CANCELLED,
    /// The engine's limits left no room: the queue was full or the wait too long.
    OVERLOADED,
    /// No file descriptor was free (EMFILE, ENFILE).
    NO_DESCRIPTORS,
    /// No local port was free for this destination (EADDRNOTAVAIL, EADDRINUSE).
    NO_LOCAL_PORT,
    /// This host forbids the process to connect or to bind (EPERM, EACCES on bind).
    NO_PERMISSION,
    /// Anything else that is this host's fault, unrecognised errors included.
    LOCAL_ERROR;

    private final String label = EnumLabel.of(this);

    /// The word in results and metric labels.
    public String label() {
        return label;
    }
}
