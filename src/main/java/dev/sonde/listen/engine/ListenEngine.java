package dev.sonde.listen.engine;

import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerObserver;
import dev.sonde.tls.TlsServers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts that all listeners share. Every part is safe for any thread.
///
/// @param retry how long a listener that failed waits before it is tried again
public record ListenEngine(
        Lanes lanes,
        SocketRules sockets,
        ConnectionRecords records,
        Clock clock,
        List<ListenerObserver> observers,
        Duration retry,
        TlsServers tls,
        Upstreams upstreams) {

    private static final Logger log = LoggerFactory.getLogger(ListenEngine.class);

    public ListenEngine {
        observers = List.copyOf(observers);
    }

    /// Passes an event to all observers. One that fails affects neither the others nor the
    /// connection.
    public void tell(ListenerEvent event) {
        for (ListenerObserver observer : observers) {
            try {
                observer.onEvent(event);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    /// Passes an event of a listener's connection to the observers that use it.
    public void tell(String listener, Supplier<ListenerEvent> event) {
        for (ListenerObserver observer : observers) {
            try {
                observer.onConnection(listener, event);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private static void failed(RuntimeException cause) {
        log.atError().setCause(cause).log("an observer of listeners failed");
    }
}
