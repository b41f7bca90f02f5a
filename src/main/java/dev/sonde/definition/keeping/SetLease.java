package dev.sonde.definition.keeping;

import java.time.Duration;

/// The right to apply a set that several replicas read from files: one of them has it at a time.
/// Safe for any thread; every method may block.
public interface SetLease {

    /// The lease of a single process, which has it always.
    SetLease ALONE =
            new SetLease() {
                @Override
                public boolean take(String set, Duration length) {
                    return true;
                }

                @Override
                public void release(String set) {}
            };

    /// Takes the lease, or makes the own one last longer.
    ///
    /// @param length time from now, after which another replica may take it
    /// @return whether this replica has it now
    boolean take(String set, Duration length);

    /// Gives the lease up, if this replica has it.
    void release(String set);
}
