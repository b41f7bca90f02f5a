package dev.sonde.schedule.foreign;

import dev.sonde.probe.keeping.StoreMark;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// How far the states that other replicas write have been read here. Owned by the thread that
/// follows them, but for [#reopen], which any thread may call.
///
/// A state that does not fit is left out: this replica runs the probe, or does not know its newest
/// definition. Recent states are therefore read once more after each change of either.
public final class FollowedStates {

    private final AtomicBoolean isReopened = new AtomicBoolean();
    private OptionalLong version = OptionalLong.empty();
    private @Nullable StoreMark mark;

    /// This replica runs other probes than before.
    public void reopen() {
        isReopened.set(true);
    }

    /// A reading begins. Until [#end], nothing counts as read.
    ///
    /// @param known the version of the definitions here
    /// @return the mark after which states are new; null where all recent ones are read
    public @Nullable StoreMark begin(OptionalLong known) {
        boolean isOpen = isReopened.getAndSet(false) || !known.equals(version);
        StoreMark after = isOpen ? null : mark;
        version = known;
        mark = null;
        return after;
    }

    /// The reading has ended.
    ///
    /// @param read the mark of the store when it began
    public void end(@Nullable StoreMark read) {
        mark = read;
    }

    /// The database may be another one from now on.
    public void forget() {
        mark = null;
    }
}
