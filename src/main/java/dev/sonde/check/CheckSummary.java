package dev.sonde.check;

/// A check in numbers.
///
/// @param total targets after expansion
/// @param succeeded results so far that succeeded
/// @param failed results so far that failed
/// @param notProbed results so far that say nothing about their target and, once the check has been
///     cancelled, the targets that never started and have no result; from the end on the three add
///     up to the total
/// @param tookNanos from the start to the end, or to now while the check runs
public record CheckSummary(
        long total, long succeeded, long failed, long notProbed, long tookNanos) {}
