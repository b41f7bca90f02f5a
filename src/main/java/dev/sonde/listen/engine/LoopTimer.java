package dev.sonde.listen.engine;

import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.eventloop.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One task to run later on a loop. Setting it again replaces the earlier point. Confined to the
/// loop's thread.
public final class LoopTimer implements DeadlineHandler {

    private static final Logger log = LoggerFactory.getLogger(LoopTimer.class);

    private final EventLoop loop;
    private final Runnable action;
    private @Nullable Deadline deadline;

    public LoopTimer(EventLoop loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    /// Never in the turn that runs now.
    public void setAfter(Duration wait) {
        cancel();
        deadline = loop.scheduleAt(loop.ticker().read() + Math.max(1, wait.toNanos()), this);
    }

    public boolean isSet() {
        return deadline != null;
    }

    public void cancel() {
        if (deadline != null) {
            loop.cancel(deadline);
            deadline = null;
        }
    }

    @Override
    public void onDeadline(Deadline due) {
        deadline = null;
        action.run();
    }

    @Override
    public void onFailure(Exception cause) {
        log.atError().setCause(cause).log("a timer failed");
    }

    @Override
    public void onLoopClosed() {
        // Its owner has a channel or a command of its own that reports the close.
    }
}
