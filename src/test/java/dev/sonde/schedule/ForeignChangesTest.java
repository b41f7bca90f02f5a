package dev.sonde.schedule;

import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static dev.sonde.schedule.HandDrivenSchedule.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.ForeignChanges;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Definitions that other replicas change.
class ForeignChangesTest {

    private static final ProbeDefinition MADE = ProbeDefinition.create("a", SPEC, START);

    private final HandDrivenSchedule driven = new HandDrivenSchedule();

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void probeRunsHereWhenAnotherReplicaCreatesIt() {
        follow(there(MADE));
        driven.pass(INTERVAL);
        assertThat(driven.runs.started).hasSize(1);
    }

    @Test
    void definitionIsTheNewerOneWhenAnotherReplicaReplacesIt() {
        ProbeDefinition next = MADE.replace(SPEC.withPaused(true), START);
        follow(there(MADE));
        follow(there(next));
        follow(there(MADE));
        assertThat(driven.view("a").definition()).isEqualTo(next);
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.PAUSED);
        assertThat(driven.transitions).hasSize(1);
    }

    @Test
    void probeIsGoneWhenAnotherReplicaDeletesIt() {
        follow(there(MADE));
        follow(new ForeignChanges(false, List.of(), List.of("a", "unknown")));
        assertThat(driven.schedules.find("a")).isEmpty();
        assertThat(driven.deadlines()).isZero();
    }

    @Test
    void allIsReadAgainWhenTooFarBehind() {
        driven.put("here", SPEC);
        driven.store.probes.clear();
        driven.store.probes.put("a", new StoredProbe(MADE, ProbeHealth.pending(START)));
        follow(ForeignChanges.UNKNOWN);
        assertThat(driven.schedules.find("here")).isEmpty();
        assertThat(driven.view("a").definition()).isEqualTo(MADE);
    }

    @Test
    void changeIsDecidedAgainOnWhatIsThereWhenAnotherReplicaWasFaster() {
        driven.store.outdatedBy = there(MADE);
        ProbeChange change = driven.schedules.change("a", _ -> SPEC.withPaused(true));
        assertThat(change.before()).isEqualTo(MADE);
        assertThat(Objects.requireNonNull(change.after()).version()).isEqualTo(MADE.version() + 1);
    }

    private void follow(ForeignChanges changes) {
        driven.store.foreign.add(changes);
        driven.schedules.mirror().followDefinitions();
        driven.loop.turn();
    }

    private static ForeignChanges there(ProbeDefinition definition) {
        ProbeHealth health = ProbeHealth.pending(definition.createdAt());
        return new ForeignChanges(false, List.of(new StoredProbe(definition, health)), List.of());
    }
}
