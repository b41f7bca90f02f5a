package dev.sonde.listen.spec;

/// Told of what happens at listeners, on event loop threads and others: it must be quick, must not
/// block and must not throw.
@FunctionalInterface
public interface ListenerObserver {

    void onEvent(ListenerEvent event);
}
