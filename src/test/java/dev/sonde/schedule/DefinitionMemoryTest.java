package dev.sonde.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What definitions take of the heap: a hundred thousand bytes in this schedule.
class DefinitionMemoryTest {

    private final HandDrivenSchedule schedule = new HandDrivenSchedule();

    @Test
    void definitionsAreRefusedBeforeTheHeapIsFull() {
        assertThatThrownBy(() -> IntStream.range(0, 1_000).forEach(i -> put(i, "x".repeat(200))))
                .isInstanceOf(DefinitionsFullException.class)
                .hasMessageContaining("100000 bytes (sonde.memory.definitions)");
        assertThat(schedule.memory.used()).isLessThanOrEqualTo(100_000);
        assertThat(schedule.memory.refused()).isOne();
        assertThat(schedule.store.probes.size()).isEqualTo(schedule.schedules.figures().size());
    }

    @Test
    void whatIsDeletedOrShrinksGivesItsHeapBack() {
        IntStream.range(0, 50).forEach(i -> put(i, "x".repeat(200)));
        IntStream.range(0, 50).forEach(i -> put(i, ""));
        IntStream.range(0, 50).forEach(i -> schedule.delete("p" + i));
        assertThat(schedule.memory.used()).isZero();
    }

    @Test
    void aDefinitionCanShrinkAndBeDeletedWhenTheHeapIsFull() {
        put(0, "x".repeat(200));
        schedule.memory.take(200_000);
        assertThatThrownBy(() -> put(1, "")).isInstanceOf(DefinitionsFullException.class);
        put(0, "x");
        schedule.delete("p0");
        assertThat(schedule.memory.used()).isEqualTo(200_000);
    }

    @Test
    void valuesThatManyShareCountOnce() {
        put(0, "shared".repeat(30));
        long one = schedule.memory.used();
        put(1, "shared".repeat(30));
        assertThat(schedule.memory.used() - one).isLessThan(one);
    }

    @Test
    void bulkTakesAllOrNone() {
        List<NamedSpec> many =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> new NamedSpec("p" + i, spec("v" + i)))
                        .toList();
        assertThatThrownBy(() -> schedule.schedules.putAll(many))
                .isInstanceOf(DefinitionsFullException.class);
        assertThat(schedule.memory.used()).isZero();
        assertThat(schedule.store.probes.size()).isZero();
    }

    private void put(int number, String label) {
        schedule.put("p" + number, spec(label + number));
    }

    private static ProbeSpec spec(String label) {
        return new ProbeSpec(
                new Target("127.0.0.1", 1),
                Duration.ofSeconds(10),
                ProbeSpec.of(new Target("127.0.0.1", 1), Duration.ofSeconds(10)).settings(),
                null,
                Map.of("label", label),
                false,
                Thresholds.DEFAULT);
    }
}
