package dev.sonde.attempt.path;

/// A report on a connection whose data leave one byte at a time.
sealed interface DataEvent {
    record Answered(int ttl, DataAnswer answer) implements DataEvent {}

    /// The bytes of this connection are used up.
    record UsedUp() implements DataEvent {}

    record Broken(String why) implements DataEvent {}
}
