package dev.sonde.schedule.foreign;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The condition of the disk under the definitions of other replicas' probes. Safe for any thread.
/// Each change is logged once.
public final class DiskCondition {

    private static final Logger log = LoggerFactory.getLogger(DiskCondition.class);

    private final AtomicBoolean isDamaged = new AtomicBoolean();
    private final AtomicBoolean isFull = new AtomicBoolean();

    /// Whether something could not be written since [#takeUnwritten].
    private final AtomicBoolean isUnwritten = new AtomicBoolean();

    /// A definition was written.
    void written() {
        if (isFull.compareAndSet(true, false)) {
            log.atInfo().log("definitions of other replicas can be written to the disk again");
        }
    }

    /// A definition could not be written.
    void full(IOException cause) {
        isUnwritten.set(true);
        if (isFull.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("cause", cause.getMessage())
                    .log(
                            "definitions of other replicas cannot be written to the disk and stay"
                                    + " in memory");
        }
    }

    /// A definition could not be read.
    void damaged(IOException cause) {
        if (isDamaged.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("cause", cause.getMessage())
                    .log("a definition on the disk is damaged; the database is read instead");
        }
    }

    /// Whether something could not be read since [#repaired].
    public boolean isDamaged() {
        return isDamaged.get();
    }

    /// Whether the disk did not take the latest definition.
    public boolean isFull() {
        return isFull.get();
    }

    /// Whether a definition stays in memory because the disk did not take it; said once.
    public boolean takeUnwritten() {
        return isUnwritten.getAndSet(false);
    }

    /// All definitions have been written anew.
    public void repaired() {
        isDamaged.set(false);
    }
}
