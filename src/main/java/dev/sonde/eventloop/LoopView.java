package dev.sonde.eventloop;

/// The figures of a loop at one instant.
///
/// @param loop the loop's name
/// @param channels registered with the selector
/// @param deadlines scheduled and not yet due
/// @param lagNanos the longest turn of the last 15 to 30 s: how long an event may have had to wait
public record LoopView(String loop, int channels, int deadlines, long lagNanos) {}
