package dev.sonde.schedule;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.ForeignChanges;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoreMark;
import dev.sonde.schedule.foreign.FollowedStates;
import dev.sonde.schedule.foreign.ForeignDefinitions;
import dev.sonde.schedule.plan.ForeignProbe;
import dev.sonde.schedule.plan.LoopSchedule;
import dev.sonde.schedule.plan.ProbeEntry;
import dev.sonde.schedule.plan.ScheduledProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows other replicas: their changes of definitions, and the results of their probes. Safe for
/// any thread but an event loop's.
public final class ReplicaChanges {

    private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

    private final Definitions definitions;
    private final ProbeBook book;
    private final ProbeStore store;
    private final @Nullable ForeignDefinitions foreign;

    private final PartitionMove partitions;
    private final FollowedStates followed = new FollowedStates();

    /// @param foreign absent for a single process
    ReplicaChanges(
            Definitions definitions,
            ProbeBook book,
            ProbeStore store,
            @Nullable ForeignDefinitions foreign) {
        this.foreign = foreign;
        this.definitions = definitions;
        this.book = book;
        this.store = store;
        this.partitions = new PartitionMove(book);
    }

    /// Reads what others have changed until there is nothing more to be read.
    public void followDefinitions() {
        definitions.inTurn(
                () -> {
                    for (ForeignChanges changes = store.foreignChanges();
                            !changes.isEmpty();
                            changes = store.foreignChanges()) {
                        apply(changes);
                    }
                    return true;
                });
    }

    /// The number of the newest change that is known here; empty for a single process.
    public OptionalLong version() {
        return store.version();
    }

    private void apply(ForeignChanges changes) {
        if (changes.isTooFarBehind()) {
            readAllAgain();
        } else {
            changes.there().forEach(definitions::take);
            changes.gone().forEach(book::remove);
        }
    }

    private void readAllAgain() {
        Set<String> there = new HashSet<>();
        store.forEach(
                stored -> {
                    there.add(stored.definition().name());
                    definitions.take(stored);
                });
        book.all().stream()
                .map(ProbeEntry::name)
                .filter(name -> !there.contains(name))
                .forEach(book::remove);
    }

    /// Another replica saw a probe's state change.
    public void follow(Transition transition) {
        follow(transition.probe(), new ProbeHealth(transition.to(), transition.at(), 0), false);
    }

    private void follow(String name, ProbeHealth health, boolean ownToo) {
        switch (book.find(name)) {
            case null -> {}
            case ScheduledProbe probe ->
                    probe.lane.execute(() -> followInLoop(probe, health, ownToo), () -> {});
            case ForeignProbe probe -> {
                probe.follow(health);
                if (book.find(name) instanceof ScheduledProbe taken) {
                    taken.lane.execute(() -> taken.lane.follow(taken, health, ownToo), () -> {});
                }
            }
        }
    }

    /// The probe may have become a foreign one before the loop's turn.
    private void followInLoop(ScheduledProbe probe, ProbeHealth health, boolean ownToo) {
        probe.lane.follow(probe, health, ownToo);
        if (book.find(probe.name()) instanceof ForeignProbe foreigner) {
            foreigner.follow(health);
        }
    }

    /// Another replica ran a probe, with another outcome than before.
    public void follow(ProbeResult result) {
        String name = result.probe();
        switch (name == null ? null : book.find(name)) {
            case null -> {}
            case ScheduledProbe probe -> probe.followLast(result);
            case ForeignProbe probe -> probe.followLast(result);
        }
    }

    /// Hands over the latest results of this replica's probes that did not succeed: what another
    /// replica that has just come cannot know.
    public void unusual(Consumer<ProbeResult> receiver) {
        for (ProbeEntry probe : book.all()) {
            PackedResult last = probe.last();
            if (last != null && !(probe.outcome() instanceof Outcome.Succeeded)) {
                receiver.accept(last.unpack());
            }
        }
    }

    /// Takes over the states that the store has, where they are newer.
    ///
    /// @param since states entered before are known
    /// @param ownToo also of the probes that this replica owns: it may have been one of two
    public void readStates(Instant since, boolean ownToo) {
        store.statesSince(since, null, (name, health) -> follow(name, health, ownToo));
    }

    /// The same for probes of other replicas, and only what has been written since the call before.
    /// Only one thread calls this.
    public void followStates(Instant since) {
        StoreMark after = followed.begin(definitions.inTurn(store::version));
        followed.end(
                store.statesSince(since, after, (name, health) -> follow(name, health, false)));
    }

    /// The next [#followStates] reads all, because the connection to the database is another one.
    /// Called by the same thread.
    public void forgetStates() {
        followed.forget();
    }

    /// Waits until every loop has started what was due before this call, a second at most.
    public void awaitLoops() {
        CompletableFuture<?>[] turns =
                book.lanes().stream().map(ReplicaChanges::turn).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(turns)
                .completeOnTimeout(null, LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// A loop runs what is due before it runs commands.
    private static CompletableFuture<Void> turn(LoopSchedule lane) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        lane.execute(() -> taken.complete(null), () -> taken.complete(null));
        return taken;
    }

    /// Plans the probes that this process owns from now on, and ends the plan of the others. Reads
    /// the definitions of partitions that it holds from now on.
    public void handOver(Handover handover) {
        partitions.handOver(handover);
        followed.reopen();
    }

    /// Lets go of the definitions of partitions that this process holds no more. Repairs what could
    /// not be read or written before. A repeated call has no effect. Waits for the loops.
    public void settle() {
        if (foreign == null || !partitions.isUnsettled(foreign.disk())) {
            return;
        }
        if (foreign.disk().isDamaged()) {
            definitions.inTurn(
                    () -> {
                        readAllAgain();
                        return true;
                    });
            foreign.disk().repaired();
            partitions.takeUp(Handover.NOTHING);
        }
        partitions.letGo(foreign.disk());
    }
}
