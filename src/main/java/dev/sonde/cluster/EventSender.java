package dev.sonde.cluster;

import dev.sonde.cluster.member.MemberChannel;
import dev.sonde.cluster.member.MemberMessage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends this replica's events to the others, on a thread of its own. The thread sleeps while there
/// are none, and collects them for a moment before it sends.
final class EventSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventSender.class);

    private static final int COLLECT_MILLIS = 50;
    private static final int EVENTS_AT_ONCE = 200;

    private final EventRelay relay;
    private final Supplier<List<UUID>> others;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("cluster-send").daemon().factory());

    /// @param others the other members at present
    EventSender(EventRelay relay, Supplier<List<UUID>> others) {
        this.relay = relay;
        this.others = others;
    }

    void start(MemberChannel joined) {
        relay.onAdded(() -> wake(joined));
    }

    /// Called by any thread that adds an event while none waits.
    private void wake(MemberChannel joined) {
        try {
            var _ = thread.schedule(() -> turn(joined), COLLECT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().setCause(e).log("an event comes after the end");
        }
    }

    /// Without this the failure would be silent.
    private void turn(MemberChannel joined) {
        try {
            passOn(joined);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("events cannot be sent to the other replicas");
        }
    }

    /// Sends all that waits. Results go to those that want them.
    void passOn(MemberChannel joined) {
        relay.begin();
        for (List<MemberMessage.Event> batch = relay.take(EVENTS_AT_ONCE);
                !batch.isEmpty();
                batch = relay.take(EVENTS_AT_ONCE)) {
            if (relay.isForAll(batch)) {
                joined.send(new MemberMessage.Events(batch));
            } else {
                for (UUID member : others.get()) {
                    sendTo(joined, member, batch);
                }
            }
        }
    }

    private void sendTo(MemberChannel joined, UUID member, List<MemberMessage.Event> batch) {
        List<MemberMessage.Event> wanted = relay.wantedBy(member, batch);
        if (!wanted.isEmpty()) {
            joined.sendTo(member, new MemberMessage.Events(wanted));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
