package dev.sonde.cluster.forward;

/// The requests that this replica forwarded since its start.
///
/// @param open those whose answer has not ended
/// @param answered by their holder
/// @param gone whose holder was no longer present
/// @param unreachable whose holder did not answer
/// @param refused because all connections to the holder were in use
public record ForwardFigures(int open, long answered, long gone, long unreachable, long refused) {}
