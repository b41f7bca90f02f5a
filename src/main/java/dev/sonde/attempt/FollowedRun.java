package dev.sonde.attempt;

import org.jspecify.annotations.Nullable;

/// A run whose attempts are followed by questions before its result is delivered. Safe for any
/// thread.
final class FollowedRun implements RunningProbe {

    private @Nullable RunningProbe now;
    private boolean isCancelled;
    private boolean isFollowed;

    /// Its attempts have begun; they may have ended already.
    synchronized void begun(RunningProbe attempts) {
        if (!isFollowed) {
            now = attempts;
        }
    }

    /// The questions have begun.
    void followed(RunningProbe questions) {
        boolean isLate;
        synchronized (this) {
            isFollowed = true;
            now = questions;
            isLate = isCancelled;
        }
        if (isLate) {
            questions.cancel();
        }
    }

    @Override
    public void cancel() {
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
