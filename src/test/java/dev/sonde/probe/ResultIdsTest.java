package dev.sonde.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultIdsTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456789Z");

    private final ResultIds ids = new ResultIds(Replica.alone("a"));

    @Test
    void idCarriesTheVersionAndTheMillisecondsWhenMade() {
        UUID id = ids.next(AT);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(AT.toEpochMilli());
    }

    @Test
    void idsSortInTheOrderOfSubmissionWhenTheClockStandsStill() {
        List<UUID> made = Stream.generate(() -> ids.next(AT)).limit(10_000).toList();
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsGoOnAfterThoseOfTheProcessBeforeWhenTheClockIsBehindThem() {
        UUID before = ids.next(AT.plusSeconds(3_600));
        ResultIds later = new ResultIds(Replica.alone("a"));
        later.startAfter(before);
        assertThat(later.next(AT).getMostSignificantBits())
                .isGreaterThan(before.getMostSignificantBits());
    }

    @Test
    void idsGoOnGrowingWhenTheClockGoesBack() {
        UUID before = ids.next(AT);
        assertThat(ids.next(AT.minusSeconds(60))).isGreaterThan(before);
    }
}
