package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.spec.ProbeDefinition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A probe that another replica runs: its name, its state and the slot of its definition in a file.
/// There may be millions of these. Safe for any thread; a pair of values changes under its own
/// lock.
public final class ForeignProbe implements ProbeEntry {

    private static final int PARTITION_BITS = 20;

    private final String name;
    private volatile DefinitionKeeper keeper;

    /// The slot, and the partition in the low bits.
    private volatile long place;

    private ProbeState state;
    private long sinceMicros;

    /// Of the latest run that its owner reported. An owner reports changes.
    private volatile @Nullable Outcome outcome;

    /// @param slot the number of the definition's slot
    public ForeignProbe(
            String name, int partition, DefinitionKeeper keeper, long slot, ProbeHealth health) {
        this.name = name;
        this.keeper = keeper;
        this.place = slot << PARTITION_BITS | partition;
        this.state = health.state();
        this.sinceMicros = micros(health.since());
    }

    /// The outcome that is known of its latest run.
    public void know(@Nullable Outcome known) {
        outcome = known;
    }

    public @Nullable Outcome known() {
        return outcome;
    }

    public long slot() {
        return place >>> PARTITION_BITS;
    }

    public DefinitionKeeper keeper() {
        return keeper;
    }

    /// The definition is in another slot from now on.
    public void move(DefinitionKeeper next, long slot) {
        place = slot << PARTITION_BITS | partition();
        keeper = next;
    }

    /// The definition has changed: the probe may rest or run from now on.
    public synchronized void define(ProbeDefinition after) {
        if (after.spec().paused() != (state == ProbeState.PAUSED)) {
            state = after.spec().paused() ? ProbeState.PAUSED : ProbeState.PENDING;
            sinceMicros = micros(after.updatedAt());
        }
    }

    /// Takes over a state that its owner reported, where it is the newer one.
    public synchronized void follow(ProbeHealth next) {
        boolean fits = (next.state() == ProbeState.PAUSED) == (state == ProbeState.PAUSED);
        if (fits && micros(next.since()) > sinceMicros) {
            state = next.state();
            sinceMicros = micros(next.since());
        }
    }

    /// Follows a run of its owner.
    public void followLast(ProbeResult result) {
        outcome = result.outcome();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int partition() {
        return (int) (place & ((1 << PARTITION_BITS) - 1));
    }

    @Override
    public @Nullable String set() {
        return keeper.set();
    }

    @Override
    public ProbeDefinition definition() {
        return keeper.definition(this);
    }

    @Override
    public synchronized ProbeHealth health() {
        return new ProbeHealth(state, Instant.EPOCH.plus(sinceMicros, ChronoUnit.MICROS), 0);
    }

    @Override
    public @Nullable Outcome outcome() {
        Outcome reported = outcome;
        return reported == null && health().state() == ProbeState.UP
                ? Outcome.Succeeded.connected()
                : reported;
    }

    @Override
    public @Nullable PackedResult last() {
        return null;
    }

    @Override
    public @Nullable Instant nextRunAt() {
        return null;
    }

    @Override
    public @Nullable NotProbedStreak notProbed() {
        return null;
    }
}
