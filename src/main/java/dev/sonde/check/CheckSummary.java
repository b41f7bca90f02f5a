package dev.sonde.check;

/// A check in numbers.
///
/// @param total targets after expansion
/// @param succeeded results so far that succeeded
/// @param failed results so far that failed
/// @param notProbed results so far that say nothing about their target. After a cancellation it
///     includes the targets that never started. At the end the three counts add up to the total.
/// @param tookNanos from the start to the end, or to now while the check runs
public record CheckSummary(
        long total, long succeeded, long failed, long notProbed, long tookNanos) {}
