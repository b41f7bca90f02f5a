package dev.sonde.listen.payload;

/// The counts of payload of one listener. Safe for any thread.
public interface PayloadCounts {

    /// Bytes came from a client.
    void received(int bytes);

    /// Bytes were sent to a client.
    void sent(int bytes);
}
