package dev.sonde.blackbox;

import dev.sonde.attempt.RunListener;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.probe.finding.ProbeResult;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A request's wait for the result of its probe. Single use; the thread that makes it is the one
/// that waits.
final class ProbeWait implements RunListener {

    private final Thread waiting = Thread.currentThread();

    /// Written by the loop's thread, read by the waiting one.
    private volatile @Nullable ProbeResult result;

    /// Set by the watch, turned back by the waiting thread.
    private volatile boolean isReminded;

    @Override
    public void onResult(ProbeResult found) {
        result = found;
        LockSupport.unpark(waiting);
    }

    /// Lets the waiting thread look for its caller.
    void remind() {
        isReminded = true;
        LockSupport.unpark(waiting);
    }

    /// Waits for the result. A probe whose caller has gone is cancelled, which is a result too.
    ProbeResult await(RunningProbe running, BooleanSupplier callerIsGone)
            throws InterruptedException {
        boolean isCancelled = false;
        for (ProbeResult found = result; ; found = result) {
            if (found != null) {
                return found;
            }
            if (isReminded) {
                isReminded = false;
                if (!isCancelled && callerIsGone.getAsBoolean()) {
                    isCancelled = true;
                    running.cancel();
                }
            }
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
