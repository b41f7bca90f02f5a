package dev.sonde.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

@Isolated("a service that starts meanwhile resets Logback and its appenders")
class SkipReportTest {

    /// No service of another test skips so many.
    private static final long RUNS = 1_234_567_890;

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(SkipReport.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SkipReport report = new SkipReport();

    @BeforeEach
    void listen() {
        lines.start();
        LOGGER.addAppender(lines);
    }

    @AfterEach
    void leave() {
        LOGGER.detachAppender(lines);
        report.stop();
    }

    @Test
    void skippedRunsAreLoggedOnceForAll() {
        report.onSkip(RUNS - 1);
        report.onSkip(1);
        report.report();
        report.report();
        assertThat(List.copyOf(lines.list))
                .flatExtracting(ILoggingEvent::getKeyValuePairs)
                .filteredOn(pair -> RUNS <= (long) pair.value)
                .containsExactly(new KeyValuePair("runs", RUNS));
    }
}
