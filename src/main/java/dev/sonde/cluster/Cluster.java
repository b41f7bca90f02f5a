package dev.sonde.cluster;

import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.cluster.member.MemberChannel;
import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.cluster.member.Peer;
import dev.sonde.probe.keeping.Replica;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// This replica among the others. It takes views, shows that it lives, and passes events on. One
/// thread starts and stops it. It has three threads of its own. A slow database or a slow replica
/// therefore never delays its signs of life.
final class Cluster {

    private static final int RELAY_MILLIS = 50;
    private static final int EVENTS_AT_ONCE = 200;

    private final Replica self;
    private final ClusterProperties properties;
    private final Partitions partitions;
    private final Membership membership;
    private final EventRelay relay;
    private final AtomicBoolean beatIsOnItsWay = new AtomicBoolean();

    /// Views, one after the other.
    private final ScheduledExecutorService turns = thread("cluster-views");

    private final ScheduledExecutorService beats = thread("cluster-beat");
    private final ScheduledExecutorService sender = thread("cluster-send");

    /// Set by [#start], read by the threads.
    private volatile @Nullable MemberChannel channel;

    /// Set by [#start], read by the sender.
    private volatile Peer own;

    /// Deadline of the patience with a standstill. Owned by the thread of the turns.
    private @Nullable ScheduledFuture<?> patience;

    Cluster(
            Replica self,
            ClusterProperties properties,
            Partitions partitions,
            Membership membership,
            EventRelay relay) {
        this.self = self;
        this.properties = properties;
        this.partitions = partitions;
        this.membership = membership;
        this.relay = relay;
        this.own = new Peer(self.name(), null);
    }

    /// Joins the others.
    ///
    /// @param url where callers find this one's API
    void start(MemberChannel joined, String url) throws Exception {
        channel = joined;
        own = new Peer(self.name(), url);
        partitions.begin();
        long beatMillis = properties.beatEvery().toMillis();
        var _ = beats.scheduleAtFixedRate(this::beat, 0, beatMillis, TimeUnit.MILLISECONDS);
        joined.connect(self.name());
        var _ =
                sender.scheduleWithFixedDelay(
                        () -> passOn(joined), RELAY_MILLIS, RELAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Gives its partitions to the others and leaves.
    void stop() {
        MemberChannel joined = channel;
        beats.shutdownNow();
        if (joined != null) {
            membership.rest();
            passOn(joined);
            joined.send(new MemberMessage.Leaving(own));
            joined.close();
        }
        sender.shutdownNow();
        turns.shutdownNow();
    }

    /// Called by JGroups, which must not wait.
    void onView(List<UUID> members, boolean isMerge) {
        relay.setReaders(members.size() > 1);
        if (!turns.isShutdown()) {
            turns.execute(
                    () -> {
                        sendBeat();
                        membership.install(members, isMerge);
                    });
        }
    }

    private void beat() {
        if (partitions.beat()) {
            turns.execute(this::restUntilHeard);
        }
        sendBeat();
    }

    /// Only one at a time is on its way, however slow that is.
    private void sendBeat() {
        MemberChannel joined = channel;
        if (joined != null && beatIsOnItsWay.compareAndSet(false, true)) {
            Thread.ofPlatform()
                    .name("cluster-alive")
                    .daemon()
                    .start(
                            () -> {
                                joined.sendAtOnce(new MemberMessage.Beat(own));
                                beatIsOnItsWay.set(false);
                            });
        }
    }

    /// Rests after a standstill until the others have taken this replica in again. If they never
    /// gave it up, the rest lasts as long as a new view would take.
    private void restUntilHeard() {
        membership.rest();
        if (patience != null) {
            patience.cancel(false);
        }
        patience =
                turns.schedule(
                        () -> {
                            if (partitions.isSuspended()) {
                                membership.resume();
                            }
                        },
                        properties.failureTimeout().multipliedBy(3).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void passOn(MemberChannel joined) {
        for (List<MemberMessage.Event> batch = relay.take(EVENTS_AT_ONCE);
                !batch.isEmpty();
                batch = relay.take(EVENTS_AT_ONCE)) {
            joined.send(new MemberMessage.Events(batch));
        }
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }
}
