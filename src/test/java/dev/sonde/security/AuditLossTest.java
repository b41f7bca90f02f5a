package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Target;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

@Isolated("a service that starts meanwhile resets Logback and its appenders")
class AuditLossTest {

    private static final ProbeResult RESULT =
            new ProbeResult(
                    UUID.randomUUID(),
                    null,
                    new Target("127.0.0.1", 1),
                    Instant.EPOCH,
                    List.of(
                            AttemptResult.unconnected(
                                    null, Outcome.Succeeded.connected(), List.of())));

    @Test
    void denialsWithoutALineAreCountedInOneThoughNoOtherFollows() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.sonde.audit");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        AuditLog audit = new AuditLog(1, System::nanoTime);
        for (int i = 0; i < 12_346; i++) {
            audit.onDenied(null, RESULT);
        }
        audit.start();
        await().untilAsserted(
                        () ->
                                assertThat(List.copyOf(lines.list))
                                        .anyMatch(AuditLossTest::hasTheCount));
        audit.stop();
        logger.detachAppender(lines);
    }

    private static boolean hasTheCount(ILoggingEvent line) {
        List<KeyValuePair> pairs = line.getKeyValuePairs();
        return pairs != null && pairs.contains(new KeyValuePair("count", 12_345L));
    }
}
