package dev.sonde.probe.finding;

import java.util.function.Consumer;

/// The other ends of the connections that attempts make, as far as they are this service's own.
/// Safe for any thread; nothing here waits.
public interface ListenerTimelines {

    /// Adds the events of the other ends to a new result.
    ///
    /// If the probe may have met an own listener, that is after the listener has had the chance to
    /// accept: some turns of its event loop later.
    ///
    /// @param then called once, with the result: at once, or on an event loop's thread
    void whenSeen(ProbeResult result, Consumer<ProbeResult> then);

    /// The result with the events that the other ends have seen by now; unchanged where these are
    /// unknown.
    ProbeResult join(ProbeResult result);

    /// For an engine without listeners.
    static ListenerTimelines none() {
        return new ListenerTimelines() {
            @Override
            public void whenSeen(ProbeResult result, Consumer<ProbeResult> then) {
                then.accept(result);
            }

            @Override
            public ProbeResult join(ProbeResult result) {
                return result;
            }
        };
    }
}
