package dev.sonde.start;

/// A part of the configuration that can be read again while the service runs. Safe for any thread.
public interface Reload {

    /// The thing that is read, as one word for a log line.
    String part();

    /// Reads it now. The earlier content stays when this throws.
    ///
    /// @throws RuntimeException with a sentence for the person who changed it
    void reload();
}
