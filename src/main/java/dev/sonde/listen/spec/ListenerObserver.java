package dev.sonde.listen.spec;

/// The receiver of events of listeners, on event loop threads and others. It must be quick, must
/// not block and must not throw.
@FunctionalInterface
public interface ListenerObserver {

    void onEvent(ListenerEvent event);
}
