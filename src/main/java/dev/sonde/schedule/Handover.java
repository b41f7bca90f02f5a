package dev.sonde.schedule;

import java.util.BitSet;
import java.util.function.IntToLongFunction;

/// A change of who owns what.
///
/// @param partitions that changed hands, one of them this process's
/// @param orphanedNanos how long a partition may have had no owner until now; 0 if it always had
///     one
public record Handover(BitSet partitions, IntToLongFunction orphanedNanos) {

    /// No partition changes hands.
    static final Handover NOTHING = new Handover(new BitSet(), _ -> 0);
}
