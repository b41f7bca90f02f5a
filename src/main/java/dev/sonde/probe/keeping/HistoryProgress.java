package dev.sonde.probe.keeping;

/// The progress of the history's writer. Safe for any thread, and quick.
@FunctionalInterface
public interface HistoryProgress {

    /// Whether results that ended a minute ago may be missing in the database.
    boolean isBehind();
}
