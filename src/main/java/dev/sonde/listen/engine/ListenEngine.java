package dev.sonde.listen.engine;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.listen.record.RecordMemory;
import dev.sonde.listen.record.Traces;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerObserver;
import dev.sonde.policy.BindPolicy;
import dev.sonde.policy.ListenerPorts;
import dev.sonde.tls.TlsServers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts that all listeners share. Every part is safe for any thread.
///
/// @param retry how long a listener that failed waits before it is tried again
/// @param connectionIds the number of the next connection
public record ListenEngine(
        Lanes lanes,
        DescriptorBudget descriptors,
        BindPolicy policy,
        ErrorTexts errors,
        RecordMemory memory,
        Traces traces,
        ListenerPorts ports,
        Clock clock,
        List<ListenerObserver> observers,
        Duration retry,
        LongSupplier connectionIds,
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
