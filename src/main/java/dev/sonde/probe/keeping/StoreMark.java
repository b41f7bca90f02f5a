package dev.sonde.probe.keeping;

/// A point in the order in which a database is written. It counts only at the server that gave it,
/// because another one may give the same numbers again.
///
/// @param transaction the oldest one that had not ended
/// @param server differs between servers, and between starts of one
public record StoreMark(long transaction, String server) {}
