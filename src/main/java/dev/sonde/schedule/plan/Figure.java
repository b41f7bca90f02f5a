package dev.sonde.schedule.plan;

/// A number of each scheduled probe that scrapes read.
public enum Figure {
    /// How long the latest scheduled run took: its attempt that speaks for it.
    /// [ProbeFigures#UNKNOWN] before the first one since the service started, and where it says
    /// nothing about the target.
    TOOK_NANOS,
    /// The round trip of that attempt's handshake, as the kernel took it; unknown where it did not.
    RTT_MICROS,
    /// When the state was entered, milliseconds since 1970.
    SINCE_MILLIS,
    /// Since when this process expects runs of a probe; unknown while it expects none.
    PLANNED_MILLIS,
    /// When the latest scheduled run started; unknown before the first one since the start.
    LAST_RUN_MILLIS,
    /// Scheduled runs that succeeded, since the service started or the probe was created.
    SUCCESSES,
    /// The first phase of that attempt, where it was a plain connect; unknown for any other.
    QUEUE_NANOS,
    /// The second and last phase, likewise.
    CONNECT_NANOS,
    /// The end of the latest seen certificate, seconds since 1970; unknown where none was seen.
    CERTIFICATE_END_SECONDS,
    /// SYNs that those runs repeated, of the others as well.
    SYN_RETRANSMITS;

    static final int COUNT = values().length;

    /// Its place in a row of numbers, in memory only.
    @SuppressWarnings("EnumOrdinal")
    int place() {
        return ordinal();
    }
}
