package dev.sonde.schedule;

import java.util.BitSet;
import java.util.function.IntToLongFunction;

/// A change of who owns what.
///
/// @param partitions that changed hands, one of them this process's
/// @param orphanedNanos how long a partition has certainly or possibly had no owner until now; 0
///     where it had one all the time
public record Handover(BitSet partitions, IntToLongFunction orphanedNanos) {}
