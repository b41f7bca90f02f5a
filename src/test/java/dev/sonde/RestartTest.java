package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.probe.HistoryQuery;
import dev.sonde.probe.ProbeHistory;
import dev.sonde.probe.ProbeSpec;
import dev.sonde.probe.ProbeState;
import dev.sonde.probe.Target;
import dev.sonde.schedule.ProbeView;
import dev.sonde.schedule.Schedules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole service, stopped and started again on the same data directory.
class RestartTest {

    @TempDir private Path directory;

    @Test
    void probeGoesOnWhereItWasWhenTheServiceStartsAgain() throws IOException {
        ProbeView before;
        try (ServerSocket target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ConfigurableApplicationContext service = start()) {
            Schedules schedules = service.getBean(Schedules.class);
            ProbeSpec spec =
                    ProbeSpec.of(
                            new Target("127.0.0.1", target.getLocalPort()), Duration.ofMillis(100));
            schedules.change("a", _ -> spec);
            await().until(() -> view(schedules).health().state() == ProbeState.UP);
            before = view(schedules);
        }
        try (ConfigurableApplicationContext service = start()) {
            ProbeView after = view(service.getBean(Schedules.class));
            assertThat(after.definition()).isEqualTo(before.definition());
            ProbeHistory history = service.getBean(ProbeHistory.class);
            assertThat(history.results("a", HistoryQuery.newest(100)).items())
                    .contains(before.last());
            assertThat(history.transitions("a", null, 10).items())
                    .anyMatch(transition -> transition.to() == ProbeState.UP);
        }
    }

    private static ProbeView view(Schedules schedules) {
        return schedules.find("a").orElseThrow();
    }

    private ConfigurableApplicationContext start() {
        return SpringApplication.run(
                SondeApplication.class, "--server.port=0", "--sonde.data-dir=" + directory);
    }
}
