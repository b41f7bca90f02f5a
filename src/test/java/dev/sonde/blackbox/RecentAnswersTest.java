package dev.sonde.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.blackbox.RecentAnswers.Numbered;
import dev.sonde.blackbox.modules.Module;
import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What is kept of `/probe`.
class RecentAnswersTest {

    private final RecentAnswers answers =
            new RecentAnswers(2, new HeapShare("answers", 1 << 20), id -> id);

    @Test
    void failureIsKeptWhenSuccessesFollow() {
        add("failed:1", false);
        add("good:1", true);
        add("good:2", true);
        add("good:3", true);
        assertThat(answers.all()).extracting(Numbered::id).containsExactly(3L, 2L, 0L);
        assertThat(answers.byId(0)).isPresent();
        assertThat(answers.byId(1)).isEmpty();
    }

    @Test
    void newestIsFoundWhenATargetWasProbedTwice() {
        add("a:1", true);
        add("a:1", true);
        assertThat(answers.byTarget("a:1", null)).map(Numbered::id).contains(1L);
        assertThat(answers.byTarget("a:1", "tcp_connect")).isPresent();
        assertThat(answers.byTarget("a:1", "other")).isEmpty();
    }

    @Test
    void failuresAreBoundedWhenThereAreMany() {
        for (int i = 0; i < 10; i++) {
            add("failed:1", false);
        }
        assertThat(answers.all()).extracting(Numbered::id).containsExactly(9L, 8L, 7L, 6L);
    }

    @Test
    void modulesOfFilesReadBeforeTakeTheirPartOfTheShare() {
        HeapShare share = new HeapShare("answers", 100_000);
        RecentAnswers few = new RecentAnswers(100, share, id -> id);
        for (int i = 0; i < 100; i++) {
            Use use = new Use.Unusable("x".repeat(10_000));
            Module module = new Module("m", "http", null, use, "");
            few.add(answer(module, "a:1", false));
            few.add(answer(module, "b:1", false));
        }
        assertThat(few.all()).hasSizeBetween(10, 20);
        assertThat(share.used()).isLessThanOrEqualTo(share.limit());
        assertThat(share.dropped()).isEqualTo(200 - few.all().size());
    }

    private void add(String target, boolean isSuccess) {
        answers.add(answer(Module.plainConnect("tcp_connect"), target, isSuccess));
    }

    private static Answer answer(Module module, String target, boolean isSuccess) {
        Outcome outcome = Outcome.Succeeded.connected();
        ProbeResult result =
                new ProbeResult(
                        UUID.randomUUID(),
                        null,
                        new Target("127.0.0.1", 1),
                        Instant.EPOCH,
                        List.of(AttemptResult.unconnected(null, outcome, List.of())));
        return new Answer(
                Instant.EPOCH,
                module,
                target,
                Duration.ofSeconds(1),
                isSuccess ? result : null,
                null);
    }
}
