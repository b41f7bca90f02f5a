package dev.sonde.listen;

import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.memory.HeapShare;
import dev.sonde.memory.Weigher;
import org.jspecify.annotations.Nullable;

/// The heap that definitions of listeners take.
final class SpecMemory {

    private SpecMemory() {}

    /// Takes the heap by which a definition is larger than the one that it replaces.
    ///
    /// @return how much, below 0 where it is smaller
    /// @throws ListenerException where it does not fit
    static long take(HeapShare memory, @Nullable ListenerEntry before, ListenerEntry opened) {
        long grown =
                Weigher.of(opened.definition().spec())
                        - (before == null ? 0 : Weigher.of(before.definition().spec()));
        if (grown <= 0) {
            memory.take(grown);
        } else if (!memory.tryTake(grown)) {
            memory.countRefused();
            throw new ListenerException(
                    ListenerProblem.DEFINITIONS_FULL,
                    "all definitions of probes and listeners together may take "
                            + memory
                            + " of heap, and this one does not fit");
        }
        return grown;
    }
}
