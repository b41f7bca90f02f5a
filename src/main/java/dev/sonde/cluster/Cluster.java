package dev.sonde.cluster;

import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.cluster.member.MemberChannel;
import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.cluster.member.Peer;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.result.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This replica among the others. It takes views, shows that it lives, and passes events on. One
/// thread starts and stops it. It has four threads of its own. A slow database or a slow replica
/// therefore never delays its signs of life.
final class Cluster {

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    /// Time from the announcement that it leaves to its last run, and from there to its end. Late
    /// runs start in the second one.
    private static final Duration LEAVE_NOTICE = Duration.ofMillis(200);

    private static final Duration LEAVE_GRACE = Duration.ofMillis(100);

    /// The longest wait for newcomers before this replica leaves, and from one look to the next.
    private static final Duration NEWCOMERS = Duration.ofSeconds(3);

    private static final int LOOK_MILLIS = 20;

    private final Replica self;
    private final Membership.Time time;
    private final ClusterProperties properties;
    private final Parts parts;
    private final AtomicInteger wantedBeats = new AtomicInteger();

    /// Handles views, one after the other.
    private final ScheduledExecutorService turns = thread("cluster-views");

    private final ScheduledExecutorService beats = thread("cluster-beat");
    private final ScheduledExecutorService alive = thread("cluster-alive");
    private final EventSender sender;

    /// Set by [#start], read by the threads.
    private volatile @Nullable MemberChannel channel;

    /// Set by [#start], read by the sender.
    private volatile Peer own;

    /// Deadline of the patience with a standstill. Owned by the thread of the turns.
    private @Nullable ScheduledFuture<?> patience;

    /// The parts that it drives.
    record Parts(
            MemberCore core,
            Partitions partitions,
            Peers peers,
            EventRelay relay,
            EventLog events,
            SeenReplicas seen) {}

    Cluster(Replica self, Membership.Time time, ClusterProperties properties, Parts parts) {
        this.self = self;
        this.time = time;
        this.properties = properties;
        this.parts = parts;
        this.own = new Peer(self.name(), null);
        this.sender = new EventSender(parts.relay(), parts.core()::others);
    }

    /// Joins the others.
    ///
    /// @param url where callers find this one's API
    void start(MemberChannel joined, String url) throws Exception {
        channel = joined;
        own = new Peer(self.name(), url);
        parts.partitions().begin();
        parts.seen().start();
        parts.events().onInterest(this::sendBeat);
        long beatMillis = properties.beatEvery().toMillis();
        var _ =
                beats.scheduleAtFixedRate(
                        guarded(this::beat), 0, beatMillis, TimeUnit.MILLISECONDS);
        joined.connect(self.name());
        sender.start(joined);
    }

    /// Gives its partitions to the others and leaves.
    void stop() {
        MemberChannel joined = channel;
        if (joined != null) {
            handOver(joined);
            beats.shutdownNow();
            sender.passOn(joined);
            joined.close();
        }
        beats.shutdownNow();
        sender.close();
        turns.shutdownNow();
        alive.shutdownNow();
        parts.seen().close();
    }

    /// The others begin when this one ends.
    private void handOver(MemberChannel joined) {
        awaitNewcomers();
        Duration notice = parts.core().others().isEmpty() ? Duration.ZERO : LEAVE_NOTICE;
        Instant ends = time.clock().instant().plus(notice);
        parts.partitions().leaveAt(time.nanosAt(ends));
        joined.sendAtOnce(new MemberMessage.Leaving(own, ends));
        Duration wait = notice.isZero() ? notice : notice.plus(LEAVE_GRACE);
        try {
            turns.schedule(parts.core()::leave, wait.toMillis(), TimeUnit.MILLISECONDS).get();
        } catch (ExecutionException e) {
            log.atWarn().setCause(e).log("probes could not be handed over");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A newcomer may begin later than this one ends. The runs that this one makes for it would be
    /// missed in between.
    private void awaitNewcomers() {
        long endNanos = time.ticker().getAsLong() + NEWCOMERS.toNanos();
        try {
            while (parts.core().isLending() && time.ticker().getAsLong() - endNanos < 0) {
                turns.schedule(parts.core()::look, LOOK_MILLIS, TimeUnit.MILLISECONDS).get();
            }
        } catch (ExecutionException e) {
            log.atWarn().setCause(e).log("newcomers could not be awaited");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Called by JGroups, which must not wait.
    void onView(List<UUID> members, boolean isMerge) {
        inTurn(
                () -> {
                    sendBeat();
                    parts.core().view(members, isMerge);
                });
    }

    /// A sign of life of another replica has come.
    void onBeat(UUID from, MemberMessage.Beat beat) {
        parts.peers().heard(from, beat);
        if (parts.core().isWaitingForOthers()) {
            inTurn(parts.core()::look);
        }
    }

    /// Another replica ends at an instant, which the others await.
    void onLeaving(UUID from, MemberMessage.Leaving leaving) {
        long endsNanos = time.nanosAt(leaving.ends());
        long waitNanos = Math.max(0, endsNanos - time.ticker().getAsLong());
        if (!turns.isShutdown()) {
            var _ =
                    turns.schedule(
                            guarded(() -> parts.core().left(from, leaving.peer(), endsNanos)),
                            waitNanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /// Work of the core, and its consequences: the others learn at once when this replica begins.
    private void inTurn(Runnable work) {
        if (turns.isShutdown()) {
            return;
        }
        turns.execute(
                guarded(
                        () -> {
                            Instant before = parts.core().begins();
                            work.run();
                            Instant after = parts.core().begins();
                            if (after != null && !after.equals(before)) {
                                sendBeat();
                                parts.core().untilBegin().ifPresent(this::lookAfter);
                            }
                            parts.seen().want(parts.core().isDoubtful());
                        }));
    }

    /// Without this the failure of a task would be silent, and a periodic one would end.
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                if (!turns.isShutdown()) {
                    log.atError().setCause(e).log("a task of the cluster failed");
                }
            }
        };
    }

    private void lookAfter(long millis) {
        var _ = turns.schedule(guarded(parts.core()::look), millis, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        if (parts.partitions().beat()) {
            inTurn(this::restUntilHeard);
        }
        sendBeat();
        inTurn(parts.core()::look);
    }

    /// Only one at a time is on its way, however slow that is. One that is asked for meanwhile
    /// follows it.
    private void sendBeat() {
        MemberChannel joined = channel;
        if (joined != null && wantedBeats.getAndIncrement() == 0) {
            alive.execute(guarded(() -> sendBeats(joined)));
        }
    }

    private void sendBeats(MemberChannel joined) {
        try {
            do {
                wantedBeats.set(1);
                joined.sendAtOnce(
                        parts.core().beat(own, time.clock().instant(), parts.events().interest()));
            } while (!wantedBeats.compareAndSet(1, 0));
        } catch (RuntimeException e) {
            wantedBeats.set(0);
            throw e;
        }
    }

    /// Rests after a standstill until the others have taken this replica in again. If they never
    /// gave it up, the rest lasts as long as a new view would take.
    private void restUntilHeard() {
        parts.core().rest(time.clock().instant());
        if (patience != null) {
            patience.cancel(false);
        }
        patience =
                turns.schedule(
                        guarded(parts.core()::loseHope),
                        properties.failureTimeout().multipliedBy(3).toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }
}
