package dev.sonde.check;

/// A check in the registry, which guards the mutable fields by its lock.
final class KeptCheck {

    /// The share of one check in the memory of all.
    ///
    /// @param results how many it will keep
    /// @param targetBytes of heap until it has ended
    record Need(long results, long targetBytes) {

        long bytes() {
            return targetBytes + ResultLog.bytesFor(results);
        }
    }

    private final CheckRun run;
    private final Need need;
    boolean isDeleted;
    long endedNanos;

    KeptCheck(CheckRun run, Need need) {
        this.run = run;
        this.need = need;
    }

    CheckRun run() {
        return run;
    }

    Need need() {
        return need;
    }
}
