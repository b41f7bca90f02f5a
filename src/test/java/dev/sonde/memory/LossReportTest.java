package dev.sonde.memory;

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

@Isolated("a service that starts meanwhile resets Logback and its appenders")
class LossReportTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(LossReport.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HeapShare full = new HeapShare("results", 10);
    private final LossReport report = new LossReport(List.of(full, new HeapShare("checks", 10)));

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
    void shareIsLoggedOnceForAllThatItLost() {
        full.countDropped(3);
        full.countRefused();
        report.report();
        report.report();

        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.getFirst().getKeyValuePairs().toString())
                .contains("share=\"results\"", "dropped=\"3\"", "refused=\"1\"")
                .contains("property=\"sonde.memory.results\"");
    }

    @Test
    void laterLineHasTheDifference() {
        full.countDropped(3);
        report.report();
        full.countDropped(2);
        report.report();

        assertThat(lines.list.getLast().getKeyValuePairs().toString())
                .contains("dropped=\"2\"", "refused=\"0\"");
    }
}
