package dev.sonde.schedule.plan;

/// The probes that this process runs. A probe's partition never changes; a partition belongs to one
/// process at a time. Safe for any thread, and quick, because event loops call it.
public interface Ownership {

    /// All of them, as one partition.
    Ownership OF_EVERYTHING =
            new Ownership() {
                @Override
                public int partitionOf(String probe) {
                    return 0;
                }

                @Override
                public boolean owns(int partition) {
                    return true;
                }

                @Override
                public boolean mayStart(int partition, long latenessNanos) {
                    return true;
                }
            };

    /// From 0 on; the same in every process.
    int partitionOf(String probe);

    boolean owns(int partition);

    /// Whether this process keeps the definitions of a partition in memory: it runs them, or may
    /// have to run them soon.
    default boolean holds(int partition) {
        return owns(partition);
    }

    /// Whether a run may start. Its planned start decides which replica makes it. It may not start
    /// if another replica may have taken it over while this process stood still.
    ///
    /// @param latenessNanos from the planned start to now; negative ahead of it
    boolean mayStart(int partition, long latenessNanos);
}
