package dev.sonde.notification;

/// The scheduled probes, as notifications see them. Safe for any thread.
interface Estate extends ProbeFacts.Finder {

    /// Whether this process answers for a probe; one of several does.
    boolean owns(String probe);

    /// The number of probes that run.
    long running();
}
