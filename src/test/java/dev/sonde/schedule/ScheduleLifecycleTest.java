package dev.sonde.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleLifecycleTest {

    private static final ProbeSpec SPEC =
            ProbeSpec.of(new Target("127.0.0.1", 1), Duration.ofSeconds(10));

    private final HandDrivenSchedule driven = new HandDrivenSchedule();
    private final ScheduleLifecycle lifecycle = new ScheduleLifecycle(driven.schedules);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void definitionsAreThereAfterAStartThatBeganBeside() {
        ProbeDefinition stored = ProbeDefinition.create("a", SPEC, Instant.EPOCH);
        driven.store.probes.put("a", new StoredProbe(stored, ProbeHealth.pending(Instant.EPOCH)));
        lifecycle.startBeside();
        lifecycle.start();
        assertThat(driven.view("a").definition()).isEqualTo(stored);
    }

    @Test
    void startFailsWhereItFailedBeside() {
        driven.store.probes.put("a", null);
        lifecycle.startBeside();
        assertThatThrownBy(lifecycle::start).isInstanceOf(NullPointerException.class);
    }
}
