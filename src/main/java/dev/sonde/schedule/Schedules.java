package dev.sonde.schedule;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.foreign.ForeignDefinitions;
import dev.sonde.schedule.plan.LoopSchedule;
import dev.sonde.schedule.plan.ProbeEntry;
import dev.sonde.schedule.plan.ProbeFigures;
import dev.sonde.schedule.plan.SchedulePorts;
import dev.sonde.schedule.plan.ScheduledProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All scheduled probes: their definitions, their runs, and the states of their targets. Safe for
/// any thread; a change of a definition waits for the store.
public final class Schedules implements AutoCloseable {

    private final ProbeBook book;
    private final Definitions definitions;
    private final @Nullable ForeignDefinitions foreign;
    private final ManualRuns manual;

    /// @param foreign absent for a single process
    Schedules(
            List<EventLoop> loops,
            SchedulePorts ports,
            ProbeStore store,
            HeapShare memory,
            @Nullable ForeignDefinitions foreign) {
        this.book = new ProbeBook(loops, ports, memory, foreign);
        this.foreign = foreign;
        this.manual = new ManualRuns(book);
        this.definitions = new Definitions(book, store, ports.clock(), foreign);
    }

    /// Changes by other replicas.
    public ReplicaChanges mirror() {
        return definitions.mirror();
    }

    /// Takes up every stored definition.
    void start() {
        definitions.load();
    }

    /// Plans no more runs and cancels running ones.
    ///
    /// @return completes when every run has ended and reported
    CompletableFuture<Void> stop() {
        List<CompletableFuture<Void>> idle = new ArrayList<>();
        for (LoopSchedule lane : book.lanes()) {
            CompletableFuture<Void> laneIdle = new CompletableFuture<>();
            idle.add(laneIdle);
            lane.execute(
                    () -> lane.stop(Stream.concat(book.scheduled(), manual.visitors()), laneIdle),
                    () -> laneIdle.complete(null));
        }
        return CompletableFuture.allOf(idle.toArray(CompletableFuture[]::new));
    }

    /// Creates, replaces or deletes one probe, as `edit` decides. When this returns, the change is
    /// stored and has taken effect. A repeated definition changes nothing.
    public ProbeChange change(String name, ProbeEdit edit) {
        return definitions.change(name, edit);
    }

    /// Creates or replaces many probes in one transaction; none if this throws. A thousand at a
    /// time is a good number.
    public BulkChange putAll(List<NamedSpec> specs) {
        return definitions.putAll(specs);
    }

    /// Makes a set own exactly these probes, in one transaction; nothing changes if this throws. A
    /// paused probe stays paused. A probe that does not change keeps its schedule, state and
    /// history.
    ///
    /// @param more writes rows of the set itself in that transaction; perhaps repeated after a
    ///     change of another replica
    /// @throws OwnedBySetException where a probe of the name has another owner
    public SetChange putSet(String set, Map<String, ProbeSpec> wanted, Runnable more) {
        return definitions.putSet(set, wanted, more);
    }

    /// The difference that [#putSet] would make now.
    ///
    /// @throws OwnedBySetException as for [#putSet]
    public SetChange compareSet(String set, Map<String, ProbeSpec> wanted) {
        return definitions.compareSet(set, wanted);
    }

    /// Every definition in the order of names.
    public Stream<ProbeDefinition> definitions() {
        return book.all().stream().map(ProbeEntry::definition);
    }

    /// All names in their order.
    public List<String> names() {
        return book.all().stream().map(ProbeEntry::name).toList();
    }

    /// Every probe in the order of names.
    public Stream<ProbeSnapshot> all() {
        return book.all().stream().map(ProbeSnapshot::of);
    }

    /// The definitions that a set owns, in the order of names.
    public Stream<ProbeDefinition> definitionsOf(String set) {
        return book.all().stream()
                .filter(probe -> set.equals(probe.set()))
                .map(ProbeEntry::definition);
    }

    /// The set of each probe that one owns.
    public Stream<String> sets() {
        return book.all().stream().map(ProbeEntry::set).filter(Objects::nonNull);
    }

    /// How many probes are not paused.
    public long running() {
        return book.all().stream()
                .filter(probe -> probe.health().state() != ProbeState.PAUSED)
                .count();
    }

    public Optional<ProbeSnapshot> find(String name) {
        return Optional.ofNullable(book.find(name)).map(ProbeSnapshot::of);
    }

    /// Pages of probes.
    public ProbeList list() {
        return book.list();
    }

    /// How many probes have had many runs in a row that asked nothing of their target.
    public int neglected() {
        return book.lanes().stream().mapToInt(LoopSchedule::neglected).sum();
    }

    /// The probes with a place in the plan here, in an array. The same one for as long as no
    /// definition changes.
    public ProbeFigures figures() {
        return book.figures();
    }

    /// Runs a probe once outside its schedule, even a paused one. The run starts at once, or right
    /// after a running one. Its result belongs to the caller, not to the probe's history. It
    /// carries no probe's name and does not affect the probe's state.
    ///
    /// @param withPath whether the path to the target is asked for too
    /// @return empty when there is no such probe; the result is a `CancellationException` where the
    ///     probe is deleted meanwhile
    public Optional<CompletableFuture<ProbeResult>> runNow(String name, boolean withPath) {
        return manual.run(name, withPath);
    }

    /// Completes when every change made to a probe so far has reached its event loop. The probe's
    /// view then shows their effect. Completes at once for an unknown probe.
    public CompletableFuture<Void> settled(String name) {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        if (book.find(name) instanceof ScheduledProbe probe) {
            probe.lane.execute(() -> settled.complete(null), () -> settled.complete(null));
        } else {
            settled.complete(null);
        }
        return settled;
    }

    @Override
    public void close() {
        if (foreign != null) {
            foreign.close();
        }
    }
}
