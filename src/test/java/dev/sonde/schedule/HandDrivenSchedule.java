package dev.sonde.schedule;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.schedule.foreign.DefinitionFile;
import dev.sonde.schedule.foreign.ForeignDefinitions;
import dev.sonde.schedule.plan.Ownership;
import dev.sonde.schedule.plan.ScheduleObserver;
import dev.sonde.schedule.plan.SchedulePorts;
import dev.sonde.schedule.plan.UnopenedPorts;
import dev.sonde.store.bytes.StoredDefinitionBytes;
import dev.sonde.store.bytes.StoredResultBytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schedule on one loop, whose time and turns are the test's.
public final class HandDrivenSchedule implements AutoCloseable, ScheduleObserver {

    public static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final Duration INTERVAL = Duration.ofSeconds(10);
    public static final ProbeSpec SPEC = ProbeSpec.of(new Target("db.example", 5432), INTERVAL);

    /// Near the end of its range, so that every test meets the wrap.
    private long nowNanos = Long.MAX_VALUE - 1_000_000;

    private final long originNanos = nowNanos;
    final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return START.plusNanos(nowNanos - originNanos);
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }
            };

    /// What passes whenever the loop reads its ticker, so that it believes to have slept.
    private Duration passing = Duration.ZERO;

    final EventLoop loop = new EventLoop("by-hand", () -> nowNanos += passing.toNanos());
    final HandMadeOwnership ownership = new HandMadeOwnership();
    final FakeRuns runs = new FakeRuns(clock);
    final MemoryProbeStore store = new MemoryProbeStore();
    final HeapShare memory;
    final SchedulePorts ports;
    final UnopenedPorts unopened = new UnopenedPorts(Set.of(8_080));
    final List<Transition> transitions = new ArrayList<>();
    final List<Duration> lateness = new ArrayList<>();
    long skipped;
    final Schedules schedules;

    HandDrivenSchedule() {
        this(100_000);
    }

    /// @param definitionBytes heap that definitions may take
    HandDrivenSchedule(long definitionBytes) {
        this(definitionBytes, false, null);
    }

    /// One of several replicas.
    ///
    /// @param file of the definitions of the others' probes
    HandDrivenSchedule(DefinitionFile file) {
        this(100_000, false, file);
    }

    /// A schedule whose loop is woken for each of its turns.
    ///
    /// @param isAlone whether there are no replicas
    static HandDrivenSchedule woken(boolean isAlone) {
        HandDrivenSchedule driven = new HandDrivenSchedule(100_000, isAlone, null);
        driven.passing = Duration.ofNanos(200_000);
        return driven;
    }

    private HandDrivenSchedule(
            long definitionBytes, boolean isAlone, @Nullable DefinitionFile file) {
        memory = new HeapShare("definitions", definitionBytes);
        ports =
                new SchedulePorts(
                        runs,
                        clock,
                        this,
                        List.of(transitions::add),
                        isAlone ? Ownership.OF_EVERYTHING : ownership,
                        new HeapShare("latest", 1 << 20),
                        new StoredResultBytes(),
                        unopened);
        ForeignDefinitions foreign =
                file == null
                        ? null
                        : new ForeignDefinitions(file, new StoredDefinitionBytes(), store, memory);
        schedules = new Schedules(List.of(loop), ports, store, memory, foreign);
        loop.turn();
    }

    ProbeSnapshot put(String name, ProbeSpec spec) {
        schedules.change(name, _ -> spec);
        loop.turn();
        return view(name);
    }

    public ProbeSnapshot view(String name) {
        return schedules.find(name).orElseThrow();
    }

    void delete(String name) {
        schedules.change(name, _ -> null);
        loop.turn();
    }

    /// Moves the time and lets the loop look at it.
    void pass(Duration time) {
        nowNanos += time.toNanos();
        loop.turn();
    }

    void passUntil(Instant at) {
        pass(Duration.between(clock.instant(), at));
    }

    int deadlines() {
        var view = loop.inspect();
        loop.turn();
        return view.join().deadlines();
    }

    @Override
    public void onStart(long latenessNanos) {
        lateness.add(Duration.ofNanos(latenessNanos));
    }

    @Override
    public void onSkip(long runs) {
        skipped += runs;
    }

    @Override
    public void close() {
        loop.close();
    }
}
