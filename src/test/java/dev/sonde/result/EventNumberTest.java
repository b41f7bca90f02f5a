package dev.sonde.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.memory.HeapShare;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.store.bytes.StoredResultBytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// Numbers of events where the clock was set back between two starts.
class EventNumberTest {

    private static final Instant BEFORE = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void numbersGoOnFromTheLatestResult() {
        ResultIds ids = new ResultIds(Replica.alone("a"));
        ids.next(BEFORE);
        Clock setBack = Clock.fixed(BEFORE.minus(Duration.ofHours(1)), ZoneOffset.UTC);

        EventLog log =
                new EventLog(
                        10,
                        new HeapShare("events", 1 << 20),
                        setBack,
                        ids,
                        new StoredResultBytes());

        assertThat(log.first()).isGreaterThan(BEFORE.toEpochMilli() * 1_000);
    }
}
