package dev.sonde.check;

/// A check in the registry, which guards the mutable fields by its lock.
final class KeptCheck {

    private final CheckRun run;
    private final CheckNeed need;
    boolean isDeleted;
    long endedNanos;

    KeptCheck(CheckRun run, CheckNeed need) {
        this.run = run;
        this.need = need;
    }

    CheckRun run() {
        return run;
    }

    CheckNeed need() {
        return need;
    }
}
