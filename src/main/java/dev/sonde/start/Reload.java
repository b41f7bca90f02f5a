package dev.sonde.start;

/// A part of the configuration that can be read again while the service runs. Safe for any thread.
public interface Reload {

    /// What is read, as one word for a log line.
    String part();

    /// Reads it now. What was there stays where this throws.
    ///
    /// @throws RuntimeException with a sentence for the person who changed it
    void reload();
}
