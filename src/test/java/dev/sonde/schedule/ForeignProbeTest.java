package dev.sonde.schedule;

import static dev.sonde.schedule.FakeRuns.REFUSED;
import static dev.sonde.schedule.FakeRuns.SUCCEEDED;
import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.ForeignChanges;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.foreign.DefinitionFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Probes of other replicas, whose definitions are in a file and not in memory.
class ForeignProbeTest {

    private static final ProbeSpec LABELED = SPEC.withLabels(Map.of("team", "net"));

    @TempDir private Path directory;
    private FragileFile disk;
    private HandDrivenSchedule driven;
    private HandMadeOwnership ownership;

    /// A file that takes nothing more when the test says so.
    private static final class FragileFile extends RandomAccessFile {

        boolean isFull;
        Runnable meanwhile = () -> {};

        FragileFile(Path path) throws IOException {
            super(path.toFile(), "rw");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (isFull) {
                throw new IOException("No space left on device");
            }
            meanwhile.run();
            super.write(bytes);
        }
    }

    @BeforeEach
    void open() throws IOException {
        disk = new FragileFile(directory.resolve("definitions"));
        driven = new HandDrivenSchedule(new DefinitionFile(disk));
        ownership = driven.ownership;
    }

    @AfterEach
    void close() {
        driven.close();
        driven.schedules.close();
    }

    @Test
    void definitionIsReadFromTheFileWhenTheProbeIsAnothers() {
        ownership.lose("a");
        ProbeSnapshot made = driven.put("a", LABELED);
        assertThat(made.definition().spec()).isEqualTo(LABELED);
        assertThat(made.health().state()).isEqualTo(ProbeState.PENDING);
        assertThat(driven.schedules.figures().size()).isZero();
        assertThat(driven.store.found).isZero();
    }

    @Test
    void listsAreOfAllProbesWhenSomeAreAnothers() {
        ownership.lose("b");
        driven.put("a", SPEC);
        driven.put("b", LABELED);
        driven.put("c", LABELED);
        ProbeFilter filter = new ProbeFilter(Map.of("team", "net"), null);
        assertThat(driven.schedules.list().page(filter, null, 9).items())
                .extracting(probe -> probe.definition().name())
                .containsExactly("b", "c");
        assertThat(
                        driven.schedules
                                .list()
                                .sorted(ProbeFilter.ALL, ProbeOrder.NAME_DESCENDING, null, 9)
                                .items())
                .extracting(probe -> probe.definition().name())
                .containsExactly("c", "b", "a");
    }

    @Test
    void changeIsOfTheNextVersionWhenTheProbeIsAnothers() {
        ownership.lose("a");
        long version = driven.put("a", SPEC).definition().version();
        ProbeSnapshot changed = driven.put("a", LABELED.withPaused(true));
        assertThat(changed.definition().version()).isEqualTo(version + 1);
        assertThat(changed.definition().spec()).isEqualTo(LABELED.withPaused(true));
        assertThat(changed.health().state()).isEqualTo(ProbeState.PAUSED);
        assertThat(driven.transitions).isEmpty();
    }

    @Test
    void rhythmIsKeptWithoutTheStoreWhenAProbeGoesAndComes() {
        Instant first = driven.put("a", SPEC).nextRunAt();
        lose("a");
        assertThat(driven.schedules.figures().size()).isZero();
        assertThat(driven.deadlines()).isZero();
        gain("a", 0);
        assertThat(driven.view("a").nextRunAt()).isEqualTo(first);
        assertThat(driven.store.found).isZero();
    }

    @Test
    void probeIsPlannedWhenItsPartitionComesBackWhileItIsLetGo() {
        Instant first = driven.put("a", SPEC).nextRunAt();
        disk.meanwhile = () -> driven.schedules.mirror().handOver(ownership.gain("a", 0));
        lose("a");
        assertThat(driven.view("a").nextRunAt()).isEqualTo(first);
        assertThat(driven.schedules.figures().size()).isOne();
    }

    @Test
    void oneRunIsMadeSoonWhenTheOwnerOfAForeignProbeIsLost() {
        ownership.lose("a");
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        gain("a", INTERVAL.toNanos());
        driven.pass(Duration.ofMillis(500));
        assertThat(driven.runs.started).hasSize(1);
    }

    @Test
    void stateAndOutcomeAreKeptWhenAProbeGoesAndComes() {
        driven.put("a", SPEC.withPaused(true));
        driven.put("a", SPEC);
        driven.runs.atOnce = REFUSED;
        for (int i = 0; i < 4; i++) {
            driven.pass(INTERVAL);
        }
        ProbeSnapshot before = driven.view("a");
        lose("a");
        ProbeSnapshot foreign = driven.view("a");
        assertThat(foreign.health().state()).isEqualTo(ProbeState.DOWN);
        assertThat(foreign.outcome()).isEqualTo(before.outcome());
        gain("a", 0);
        assertThat(driven.view("a").outcome()).isEqualTo(before.outcome());
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.DOWN);
    }

    @Test
    void stateIsTheOwnersWhenItTells() {
        ownership.lose("a");
        Instant since = driven.put("a", SPEC).health().since().plusSeconds(1);
        follow(ProbeState.UP, since);
        follow(ProbeState.DOWN, since.minusMillis(1));
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.UP);
        assertThat(driven.view("a").health().since()).isEqualTo(since);
    }

    @Test
    void runIsMadeHereWhenACallerWantsOneOfAForeignProbe() {
        ownership.lose("a");
        driven.put("a", SPEC);
        driven.runs.atOnce = SUCCEEDED;
        var run = driven.schedules.runNow("a", false).orElseThrow();
        driven.loop.turn();
        assertThat(run).isCompleted();
        assertThat(driven.view("a").last()).isNull();
    }

    @Test
    void definitionIsReadFromTheStoreUntilItIsRepairedWhenTheFileIsDamaged() throws IOException {
        ownership.lose("a");
        driven.put("a", LABELED);
        try (RandomAccessFile other = new RandomAccessFile(file(), "rw")) {
            other.seek(20);
            other.write(new byte[8]);
        }
        assertThat(driven.view("a").definition().spec()).isEqualTo(LABELED);
        assertThat(driven.store.found).isOne();
        settle();
        assertThat(driven.view("a").definition().spec()).isEqualTo(LABELED);
        assertThat(driven.store.found).isOne();
    }

    @Test
    void definitionStaysInMemoryUntilTheDiskHasRoom() {
        ownership.lose("a");
        driven.put("a", SPEC);
        ownership.lose("b");
        disk.isFull = true;
        driven.put("a", LABELED);
        driven.put("b", LABELED);
        assertThat(driven.view("a").definition().spec()).isEqualTo(LABELED);
        assertThat(driven.view("b").nextRunAt()).isNull();
        settle();
        assertThat(driven.schedules.figures().size()).isEqualTo(2);
        disk.isFull = false;
        settle();
        assertThat(driven.schedules.figures().size()).isZero();
        assertThat(driven.view("a").definition().spec()).isEqualTo(LABELED);
        assertThat(driven.view("b").definition().spec()).isEqualTo(LABELED);
    }

    @Test
    void memoryIsGivenBackWhenProbesGoInEitherForm() {
        ownership.lose("a");
        driven.put("a", SPEC);
        driven.put("b", SPEC);
        lose("b");
        gain("a", 0);
        driven.delete("a");
        driven.delete("b");
        assertThat(driven.memory.used()).isZero();
        assertThat(driven.schedules.find("a")).isEmpty();
    }

    @Test
    void probeIsTheNewOneWhenItsNameIsDeletedAndMadeAgainElsewhere() {
        ownership.lose("a");
        driven.put("a", LABELED);
        driven.pass(INTERVAL);
        driven.delete("a");
        assertThat(driven.put("a", SPEC).definition().spec()).isEqualTo(SPEC);
        driven.store.foreign.add(ForeignChanges.UNKNOWN);
        driven.store.probes.clear();
        driven.schedules.mirror().followDefinitions();
        assertThat(driven.schedules.find("a")).isEmpty();
    }

    private String file() {
        return directory.resolve("definitions").toString();
    }

    private void lose(String probe) {
        driven.schedules.mirror().handOver(ownership.lose(probe));
        driven.loop.turn();
        settle();
    }

    private void gain(String probe, long orphanedNanos) {
        driven.schedules.mirror().handOver(ownership.gain(probe, orphanedNanos));
        driven.loop.turn();
    }

    /// The loop has its turn meanwhile.
    private void settle() {
        CompletableFuture<Void> settled =
                CompletableFuture.runAsync(driven.schedules.mirror()::settle);
        while (!settled.isDone()) {
            driven.loop.turn();
        }
        settled.join();
        driven.loop.turn();
    }

    private void follow(ProbeState state, Instant at) {
        Transition.Cause cause = new Transition.Cause(UUID.randomUUID(), "connected", null);
        driven.schedules.mirror().follow(new Transition("a", ProbeState.PENDING, state, at, cause));
        driven.loop.turn();
    }
}
