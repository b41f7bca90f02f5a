package dev.sonde.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.Target;
import dev.sonde.store.Samples;
import dev.sonde.store.bytes.StoredResultBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long and how many results are held.
class RecentResultsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final HandMovedTicker ticker = new HandMovedTicker();
    private boolean isBehind;
    private final RecentResults recent = recent(2, new HeapShare("results", 1 << 20));

    private RecentResults recent(int number, HeapShare memory) {
        return new RecentResults(
                new ResultProperties(number, Duration.ofMinutes(10)),
                memory,
                new StoredResultBytes(),
                ticker,
                () -> () -> isBehind);
    }

    @Test
    void theOldestIsPushedOutWhenTheRingIsFull() {
        ProbeResult first = accept(NOW);
        ProbeResult second = accept(NOW);
        ProbeResult third = accept(NOW);
        assertThat(recent.find(first.id())).isEmpty();
        assertThat(recent.find(second.id())).contains(second);
        assertThat(recent.find(third.id())).contains(third);
    }

    @Test
    void aResultIsGoneWhenItIsTooOld() {
        ProbeResult old = accept(NOW);
        ticker.advance(Duration.ofMinutes(11));
        assertThat(recent.find(old.id())).isEmpty();
    }

    @Test
    void aResultIsFoundWhenTheClockMovesAfterIt() {
        ProbeResult beforeAStepForth = accept(NOW.minus(Duration.ofDays(10)));
        ProbeResult beforeAStepBack = accept(NOW.plus(Duration.ofDays(10)));
        assertThat(recent.find(beforeAStepForth.id())).isPresent();
        ticker.advance(Duration.ofMinutes(11));
        assertThat(recent.find(beforeAStepBack.id())).isEmpty();
    }

    @Test
    void theOldestArePushedOutWhenTheHeapIsUsedUp() {
        HeapShare memory = new HeapShare("results", 100_000);
        RecentResults bounded = recent(1_000, memory);
        List<ProbeResult> all =
                Stream.generate(() -> result(NOW, "x".repeat(10_000))).limit(20).toList();
        all.forEach(bounded::accept);
        assertThat(memory.used()).isLessThanOrEqualTo(100_000);
        assertThat(memory.dropped()).isEqualTo(16);
        assertThat(all).filteredOn(result -> bounded.find(result.id()).isPresent()).hasSize(4);
        assertThat(bounded.find(all.getLast().id())).isPresent();
    }

    @Test
    void theHeapIsGivenBackByThoseThatThreadsPushOut() {
        HeapShare memory = new HeapShare("results", 50_000);
        RecentResults bounded = recent(64, memory);
        IntStream.range(0, 20_000)
                .parallel()
                .forEach(i -> bounded.accept(result(NOW, "x".repeat(i % 5_000))));
        IntStream.range(0, 64).forEach(_ -> bounded.accept(result(NOW, "")));
        assertThat(memory.used()).isBetween(64L * 500, 50_000L + 12_000);
    }

    @Test
    void lateEvidenceIsPartOfItsResultAndItsHeapIsGivenBack() {
        HeapShare memory = new HeapShare("results", 1 << 20);
        RecentResults one = recent(1, memory);
        ProbeResult result = result(NOW, "");
        Findings findings = new Findings(List.of(new Asked(Question.PATH, "x".repeat(99))), null);
        one.accept(result);
        one.add(new LateEvidence(result.id(), "a", findings));
        one.add(new LateEvidence(UUID.randomUUID(), "a", findings));

        assertThat(one.find(result.id())).contains(result.withFindings(findings));
        ProbeResult next = result(NOW, "");
        one.accept(next);
        long used = memory.used();
        RecentResults other = recent(1, memory);
        other.accept(next);
        assertThat(memory.used()).isEqualTo(2 * used);
    }

    @Test
    void resultOfTheScheduleIsTheSameAgain() {
        HeapShare memory = new HeapShare("results", 1 << 20);
        RecentResults one = recent(1, memory);
        ProbeResult plain = Samples.result("a", 1);
        ProbeResult result = plain.withAttempts(List.of(plain.deciding().withConnectAt(7L)));
        one.accept(result);
        assertThat(memory.used()).isLessThan(500);
        assertThat(one.find(result.id())).contains(result);
        Findings findings = new Findings(List.of(new Asked(Question.PATH, "x".repeat(99))), null);
        one.add(new LateEvidence(result.id(), "a", findings));
        assertThat(one.find(result.id())).contains(result.withFindings(findings));
        one.accept(Samples.result("a", 2));
        assertThat(memory.used()).isLessThan(500);
    }

    /// Whether the schedule brought them, whether the database lacks them, their age, how many
    /// stay.
    @ParameterizedTest
    @CsvSource({
        "true, false, 59, 3",
        "true, false, 181, 1",
        "true, true, 181, 3",
        "true, true, 601, 1",
        "false, false, 181, 3",
        "false, false, 601, 1"
    })
    void oldOnesAreRemovedWhenANewOneComes(
            boolean isScheduled, boolean isBehind, int seconds, int left) {
        this.isBehind = isBehind;
        HeapShare memory = new HeapShare("results", 1 << 20);
        RecentResults some = recent(10, memory);
        List<ProbeResult> all =
                IntStream.range(0, 3)
                        .mapToObj(i -> isScheduled ? Samples.result("a", i) : result(NOW, ""))
                        .toList();
        all.subList(0, 2).forEach(some::accept);
        long two = memory.used();
        ticker.advance(Duration.ofSeconds(seconds));
        some.accept(all.get(2));
        assertThat(memory.used()).isEqualTo(two / 2 * left);
        assertThat(memory.dropped()).isZero();
    }

    private ProbeResult accept(Instant startedAt) {
        ProbeResult result = result(startedAt, "");
        recent.accept(result);
        return result;
    }

    private static ProbeResult result(Instant startedAt, String detail) {
        return new ProbeResult(
                UUID.randomUUID(),
                null,
                new Target("127.0.0.1", 1),
                startedAt,
                List.of(AttemptResult.unconnected(null, new Outcome.Succeeded(detail), List.of())));
    }
}
