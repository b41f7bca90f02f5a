package dev.sonde.check;

import dev.sonde.attempt.RunListener;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.eventloop.Command;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Target;
import org.jspecify.annotations.Nullable;

/// One target of a check between its start and its result.
///
/// The links and the flag belong to [RunningTargets], under the lock of the [CheckRun].
final class RunningTarget implements RunListener, Command {

    private final CheckRun run;
    private final Target target;

    @Nullable RunningTarget previous;
    @Nullable RunningTarget next;
    boolean isFlying;

    /// The thread that is inside [#launch], else null. Other threads may see an old value, but
    /// never themselves.
    private @Nullable Thread launcher;

    /// The target that started in place of this one before [#launch] returned. Owned by the
    /// launcher's thread.
    private @Nullable RunningTarget follower;

    /// Written by the launcher before it reads [CheckRun#isCancelled]. The canceller reads it after
    /// setting that flag. At least one of the two therefore sees the other.
    private volatile @Nullable RunningProbe probe;

    RunningTarget(CheckRun run, Target target) {
        this.run = run;
        this.target = target;
    }

    /// Starts the probe.
    ///
    /// @return its successor if the probe ended before this method did; the caller launches it.
    ///     This loop replaces a recursion as deep as the list of targets.
    @Nullable RunningTarget launch() {
        launcher = Thread.currentThread();
        try {
            probe = run.probe(target, this);
        } finally {
            launcher = null;
        }
        if (run.isCancelled()) {
            cancel();
        }
        return follower;
    }

    @Override
    public void onResult(ProbeResult result) {
        RunningTarget started = run.land(this, result);
        if (Thread.currentThread().equals(launcher)) {
            follower = started;
        } else {
            run.launch(started);
        }
    }

    void cancel() {
        RunningProbe running = probe;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void run() {
        run.launch(this);
    }

    @Override
    public void onLoopClosed() {
        run.abandon(this);
    }
}
