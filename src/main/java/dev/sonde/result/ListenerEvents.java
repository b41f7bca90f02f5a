package dev.sonde.result;

import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerObserver;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Passes events of listeners to the event log: every change of a listener, and a bounded number of
/// its connections' events a second. Safe for any thread.
@Component
final class ListenerEvents implements ListenerObserver {

    private static final long MILLIS = 1_000;

    private final EventLog log;
    private final Clock clock;
    private final int perSecond;
    private final Map<String, EventQuota> quotas = new ConcurrentHashMap<>();

    ListenerEvents(EventLog log, EventProperties properties, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.perSecond = properties.connectionsPerSecond();
    }

    @Override
    public void onEvent(ListenerEvent event) {
        if (event instanceof ListenerEvent.Changed change) {
            log.append(new Event.OfListener(change, quota(change.listener()).takeOmitted()));
            if (change.change() == ListenerChange.DELETED) {
                quotas.remove(change.listener());
            }
        } else {
            onConnection(event.listener(), () -> event);
        }
    }

    @Override
    public void onConnection(String listener, Supplier<ListenerEvent> event) {
        EventQuota quota = quota(listener);
        if (quota.admits(Math.floorDiv(clock.millis(), MILLIS))) {
            log.append(new Event.OfListener(event.get(), quota.takeOmitted()));
        }
    }

    private EventQuota quota(String listener) {
        EventQuota known = quotas.get(listener);
        return known == null
                ? quotas.computeIfAbsent(listener, _ -> new EventQuota(perSecond))
                : known;
    }
}
