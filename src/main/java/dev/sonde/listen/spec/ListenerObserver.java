package dev.sonde.listen.spec;

import java.util.function.Supplier;

/// The receiver of events of listeners, on event loop threads and others. It must be quick, must
/// not block and must not throw.
@FunctionalInterface
public interface ListenerObserver {

    void onEvent(ListenerEvent event);

    /// An event of a connection. Busy listeners have more of them than anybody reads.
    ///
    /// @param listener its name
    /// @param event makes the event
    default void onConnection(String listener, Supplier<ListenerEvent> event) {
        onEvent(event.get());
    }
}
