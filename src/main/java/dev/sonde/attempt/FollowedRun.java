package dev.sonde.attempt;

import org.jspecify.annotations.Nullable;

/// A run whose attempts may be followed by a walk along the path. Safe for any thread.
class FollowedRun implements RunningProbe {

    private @Nullable RunningProbe now;
    private boolean isCancelled;
    private boolean isFollowed;

    /// Its attempts have begun; they may have ended already.
    final synchronized void begun(RunningProbe attempts) {
        if (!isFollowed) {
            now = attempts;
        }
    }

    /// The walk has begun.
    final void followed(RunningProbe walk) {
        boolean isLate;
        synchronized (this) {
            isFollowed = true;
            now = walk;
            isLate = isCancelled;
        }
        if (isLate) {
            walk.cancel();
        }
    }

    @Override
    public final void cancel() {
        RunningProbe running;
        synchronized (this) {
            isCancelled = true;
            running = now;
        }
        if (running != null) {
            running.cancel();
        }
    }
}
