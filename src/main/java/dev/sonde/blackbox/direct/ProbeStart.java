package dev.sonde.blackbox.direct;

import dev.sonde.attempt.RunningProbe;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The start of a scrape's probe. Safe for any thread.
@FunctionalInterface
public interface ProbeStart {

    /// A scrape.
    ///
    /// @param timeout the header with the scrape's timeout; absent where the request has none
    /// @param caller the caller's name; absent for one without
    record Scrape(
            String module, String target, @Nullable String timeout, @Nullable String caller) {}

    /// Starts the probe.
    ///
    /// @param whenDone called exactly once with the text of the answer, on an event loop's thread
    ///     or on the caller's. It must neither block nor throw. Null after an error of this
    ///     service.
    /// @return null, and nothing is called, where the answer is no result of a probe
    @Nullable RunningProbe begin(Scrape scrape, Consumer<byte @Nullable []> whenDone);
}
