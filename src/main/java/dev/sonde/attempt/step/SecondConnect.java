package dev.sonde.attempt.step;

import dev.sonde.probe.finding.AttemptResult;
import java.time.Duration;
import java.util.function.Consumer;

/// Begins a further attempt at the address of a connection, a plain connect. Called on the loop's
/// thread.
@FunctionalInterface
public interface SecondConnect {

    /// Begins the attempt.
    ///
    /// @param whenDone called on the same thread, possibly before this returns
    Running begin(Duration timeout, Consumer<AttemptResult> whenDone);

    /// A further attempt that was begun.
    @FunctionalInterface
    interface Running {
        /// Ends it; does nothing after its end.
        void cancel(String detail);
    }
}
