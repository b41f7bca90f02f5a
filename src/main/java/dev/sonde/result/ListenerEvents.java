package dev.sonde.result;

import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Passes events of listeners to the event log: every change of a listener, and a bounded number of
/// its connections' events a second. Safe for any thread.
@Component
final class ListenerEvents implements ListenerObserver {

    private final EventLog log;
    private final int perSecond;
    private final Map<String, EventQuota> quotas = new ConcurrentHashMap<>();

    ListenerEvents(EventLog log, EventProperties properties) {
        this.log = log;
        this.perSecond = properties.connectionsPerSecond();
    }

    @Override
    public void onEvent(ListenerEvent event) {
        EventQuota quota = quotas.computeIfAbsent(event.listener(), _ -> new EventQuota(perSecond));
        switch (event) {
            case ListenerEvent.Changed change -> {
                log.append(new Event.OfListener(change, quota.takeOmitted()));
                if (change.change() == ListenerChange.DELETED) {
                    quotas.remove(change.listener());
                }
            }
            case ListenerEvent.Accepted accepted -> tell(quota, accepted);
            case ListenerEvent.Rejected rejected -> tell(quota, rejected);
            case ListenerEvent.Ended ended -> tell(quota, ended);
        }
    }

    private void tell(EventQuota quota, ListenerEvent event) {
        if (quota.admits(event.at())) {
            log.append(new Event.OfListener(event, quota.takeOmitted()));
        }
    }
}
