package dev.sonde.listen.spec;

/// Limits of the records of ended connections. The oldest is dropped first.
///
/// @param connections how many
/// @param bytes how much of what each sent
public record RecordingLimits(int connections, int bytes) {

    public static final int USUAL_CONNECTIONS = 100;
    public static final int USUAL_BYTES = 4_096;
    public static final RecordingLimits USUAL = new RecordingLimits(USUAL_CONNECTIONS, USUAL_BYTES);
    public static final RecordingLimits NONE = new RecordingLimits(0, 0);

    static final int MOST_CONNECTIONS = 10_000;
    static final int MOST_BYTES = 1 << 20;

    public RecordingLimits {
        Bounds.number("record.connections", connections, 0, MOST_CONNECTIONS);
        Bounds.number("record.bytes", bytes, 0, MOST_BYTES);
        if (connections == 0 && bytes > 0) {
            throw new InvalidListenerException(
                    "record.bytes", bytes, "bytes of no connection; record.connections is 0");
        }
    }
}
