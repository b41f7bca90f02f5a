package dev.sonde.attempt.path;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The frame of a walk. It ends once: with its answer, by [#cancel], or with its loop. Confined to
/// the loop's thread; only [#cancel] may be called from elsewhere.
///
/// @param <A> the answer
public abstract class SingleWalk<A> implements Walk {

    protected final Lane lane;
    private final Consumer<A> whenDone;
    private @Nullable Deadline deadline;
    private boolean isDone;

    /// @param whenDone called exactly once, on the loop's thread
    protected SingleWalk(Lane lane, Consumer<A> whenDone) {
        this.lane = lane;
        this.whenDone = whenDone;
    }

    /// Ends what still runs, and returns the answer. Called once.
    protected abstract A end();

    @Override
    public final void cancel() {
        lane.loop().execute(Command.of(this::finish));
    }

    @Override
    public final void onLoopClosed() {
        finish();
    }

    protected final void finish() {
        if (isDone) {
            return;
        }
        isDone = true;
        stopWaiting();
        whenDone.accept(end());
    }

    protected final boolean isDone() {
        return isDone;
    }

    /// Sets the one deadline of the walk, which has none.
    protected final void waitUntil(long nanos, DeadlineHandler handler) {
        deadline = lane.loop().scheduleAt(nanos, handler);
    }

    /// The deadline has passed.
    protected final void waited() {
        deadline = null;
    }

    /// Cancels the deadline, if one is set.
    protected final void stopWaiting() {
        if (deadline != null) {
            lane.loop().cancel(deadline);
            deadline = null;
        }
    }
}
