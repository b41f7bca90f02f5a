package dev.sonde.history;

/// The outcomes of the runs that started in one step of a tier.
///
/// @param at the begin, seconds since 1970
public record Bucket(long at, Totals totals) {}
