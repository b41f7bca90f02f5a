package dev.sonde.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/// The audit log of two replicas, which write to the same logger here.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
@Isolated("a service that starts meanwhile resets Logback and its appenders")
class ReplicaAuditTest {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private final class Recorder extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(
                    event.getKeyValuePairs().stream()
                            .map(pair -> pair.key + "=" + pair.value)
                            .collect(Collectors.joining(" ", "", " ")));
        }
    }

    @Test
    void forwardedChangeIsAuditedOnceAtTheEntry(ReplicaPair pair) {
        pair.one.put(
                "/listeners/audited",
                "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}");
        Logger audit = (Logger) LoggerFactory.getLogger("dev.sonde.audit");
        Recorder recorder = new Recorder();
        recorder.start();
        audit.addAppender(recorder);
        try {
            assertThat(pair.two.post("/listeners/audited/pause", "").status()).isEqualTo(200);
            assertThat(pair.two.delete("/listeners/audited").status()).isEqualTo(204);
            await().until(() -> of("DELETE").size() == 1);
            assertThat(of("POST")).singleElement().asString().contains("status=200", "replica=one");
            assertThat(of("DELETE"))
                    .singleElement()
                    .asString()
                    .contains("status=204", "replica=one");
        } finally {
            audit.detachAppender(recorder);
        }
    }

    private List<String> of(String method) {
        return lines.stream()
                .filter(line -> line.contains("/listeners/audited"))
                .filter(line -> line.contains("method=" + method + " "))
                .toList();
    }
}
