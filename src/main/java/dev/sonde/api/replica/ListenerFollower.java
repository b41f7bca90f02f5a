package dev.sonde.api.replica;

import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.listen.spec.ForeignListeners;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/// Looks once a second for changes of listeners that every replica opens. It also ends the wait for
/// rows that nobody writes. It has its own thread. A single process has no such thread.
@Component
final class ListenerFollower
        implements ApplicationListener<ApplicationReadyEvent>, Ordered, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ListenerFollower.class);
    private static final long EVERY_MILLIS = 1_000;

    private final Forwarding forwarding;
    private final EveryReplica replicas;
    private final ForeignListeners foreign;
    private final OwnPart part;
    private final ScheduledExecutorService turns =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("listener-follower").daemon().factory());

    /// Names and checksums as they were read last. Owned by the own thread.
    private Map<String, Long> seen = new HashMap<>();

    ListenerFollower(
            Forwarding forwarding, EveryReplica replicas, ForeignListeners foreign, OwnPart part) {
        this.forwarding = forwarding;
        this.replicas = replicas;
        this.foreign = foreign;
        this.part = part;
    }

    /// Begins after the stored listeners have been opened.
    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (forwarding.isClustered()) {
            var _ =
                    turns.scheduleWithFixedDelay(
                            this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    private void look() {
        try {
            part.endOverdue();
            Map<String, Long> now = foreign.ofAll();
            Set<String> changed = new HashSet<>(seen.keySet());
            changed.addAll(now.keySet());
            changed.removeIf(name -> now.getOrDefault(name, 0L).equals(seen.get(name)));
            changed.forEach(replicas::follow);
            seen = now;
        } catch (RuntimeException e) {
            // The next look comes in a second.
            log.atDebug().setCause(e).log("stored listeners cannot be read");
        }
    }

    @Override
    public void close() {
        turns.shutdownNow();
    }
}
