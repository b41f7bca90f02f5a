package dev.sonde.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/// A selector that fails again and again.
@Isolated("a service that starts meanwhile resets Logback and its appenders")
class SelectFailuresTest {

    private static final String LOOP = "loop of this test";

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HandMovedTicker ticker = new HandMovedTicker();
    private final SelectFailures failures = new SelectFailures(LOOP, ticker);

    @BeforeEach
    void listenToTheLog() {
        lines.start();
        logger().addAppender(lines);
    }

    @AfterEach
    void leaveTheLog() {
        logger().detachAppender(lines);
    }

    @Test
    void oneLineASecondTellsHowManyThereWere() {
        for (int i = 0; i < 10; i++) {
            note();
        }
        assertThat(counts()).containsExactly(1L);
        ticker.advance(Duration.ofNanos(SelectFailures.LINE_NANOS - 1));
        note();
        assertThat(counts()).containsExactly(1L);
        ticker.advance(Duration.ofNanos(1));
        note();
        note();
        assertThat(counts()).containsExactly(1L, 12L);
    }

    @Test
    void theLoopRestsWhereItMay() {
        long beforeNanos = System.nanoTime();
        failures.note(new IOException("EBADF"), true);
        // A rest may end early for no reason, yet not at once each time.
        for (int i = 0; i < 100 && System.nanoTime() - beforeNanos < SelectFailures.REST_NANOS; ) {
            failures.note(new IOException("EBADF"), true);
            i++;
        }
        assertThat(System.nanoTime() - beforeNanos)
                .isGreaterThanOrEqualTo(SelectFailures.REST_NANOS);
    }

    private void note() {
        failures.note(new IOException("EBADF"), false);
    }

    /// Other loops of this process have the same logger.
    private List<Object> counts() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getKeyValuePairs)
                .filter(pairs -> pairs.contains(new KeyValuePair("loop", LOOP)))
                .map(pairs -> pairs.get(1).value)
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(SelectFailures.class);
    }
}
