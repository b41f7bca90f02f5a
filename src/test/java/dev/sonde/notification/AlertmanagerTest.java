package dev.sonde.notification;

import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.LabRequirement;
import dev.sonde.store.NotificationDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One alert in a real Alertmanager, from its begin to its end, through a restart of the sender.
///
/// It waits most of its time, so it begins early.
@Order(1)
class AlertmanagerTest {

    private static final int PERIODS = 10;
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final ProbeFacts FACTS = new ProbeFacts("db:1", Map.of("team", "x"), "down");

    @TempDir private Path directory;

    /// Gets what the Alertmanager tells.
    private Hook webhook;

    /// Gets what the Alertmanager gets.
    private Hook tap;

    @BeforeEach
    void open() throws IOException {
        LabRequirement.command("prometheus-alertmanager");
        webhook = new Hook();
        tap = new Hook();
    }

    @AfterEach
    void close() {
        if (tap != null) {
            webhook.close();
            tap.close();
        }
    }

    @Test
    void alertStaysActiveThroughTenPeriodsAndARestartAndIsThenResolved() throws Exception {
        requireOneAlert(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Map.of(
                        "alertmanager.every", "500ms",
                        "alertmanager.ahead", "4s",
                        "alertmanager.resolved-for", "3s"));
    }

    @Tag("attack")
    @Test
    void alertStaysActiveForTwentyMinutesWithTheDefaultTimes() throws Exception {
        requireOneAlert(Duration.ofMinutes(1), Duration.ofMinutes(2), Map.of());
    }

    /// @param longest stall of the machine after which the test says nothing
    private void requireOneAlert(Duration every, Duration longest, Map<String, String> times)
            throws Exception {
        try (Alertmanager alertmanager = new Alertmanager(directory, webhook)) {
            await(Duration.ofMillis(100), MARGIN, alertmanager::isReady);
            Map<String, String> settings = settings(alertmanager, times);
            try (NotificationDatabase db = NotificationDatabase.sqlite(directory);
                    Rig rig = new Rig(db, settings)) {
                rig.compare();
                rig.define("a");
                rig.probes.put("a", FACTS);
                rig.become("a", UP, DOWN);
                requireActive(new Round(rig, alertmanager, longest), every);
            }
            try (NotificationDatabase db = NotificationDatabase.sqlite(directory);
                    Rig rig = new Rig(db, settings)) {
                rig.probes.put("a", FACTS);
                requireActive(new Round(rig, alertmanager, longest), every);
                rig.become("a", DOWN, UP);
                requireResolved(rig, alertmanager);
            }
        }
    }

    private Map<String, String> settings(Alertmanager alertmanager, Map<String, String> times) {
        Map<String, String> settings = new HashMap<>(times);
        settings.put("group-within", "0s");
        settings.put("receivers[0].name", "am");
        settings.put("receivers[0].type", "alertmanager");
        settings.put("receivers[0].urls[0]", alertmanager.url());
        settings.put("receivers[0].urls[1]", tap.url());
        return settings;
    }

    /// Ten periods of a sender, by the ends that it sends.
    private void requireActive(Round round, Duration every) {
        int before = tap.all.size();
        Duration all = every.multipliedBy(PERIODS);
        await(
                every.dividedBy(10),
                all.plus(MARGIN),
                () -> {
                    round.run();
                    return tap.all.size() > before
                            && !ends(tap.all.getLast())
                                    .isBefore(ends(tap.all.get(before)).plus(all));
                });
        assertThat(told()).containsExactly("firing");
        assertThat(tap.all).extracting(it -> it.at("/0/startsAt")).containsOnly(startsAt());
    }

    private void requireResolved(Rig rig, Alertmanager alertmanager) {
        await(
                Duration.ofMillis(100),
                MARGIN,
                () -> {
                    rig.compare();
                    return told().contains("resolved") && alertmanager.alerts().isEmpty();
                });
        assertThat(told()).containsExactly("firing", "resolved");
        assertThat(tap.all).extracting(it -> it.at("/0/startsAt")).containsOnly(startsAt());
    }

    /// One comparison, and a look at the Alertmanager.
    private final class Round {

        private final Rig rig;
        private final Alertmanager alertmanager;
        private final Duration longest;
        private long before = System.nanoTime();

        Round(Rig rig, Alertmanager alertmanager, Duration longest) {
            this.rig = rig;
            this.alertmanager = alertmanager;
            this.longest = longest;
        }

        /// An Alertmanager rightly ends the alert where the machine stalls as long as `ahead`.
        void run() throws Exception {
            boolean wasTold = !webhook.all.isEmpty();
            rig.compare();
            JsonNode alerts = alertmanager.alerts();
            long now = System.nanoTime();
            Duration took = Duration.ofNanos(now - before);
            before = now;
            if (wasTold) {
                LabRequirement.check(
                        took.compareTo(longest) < 0, "the machine stalled for " + took);
                assertThat(alerts).hasSize(1);
                assertThat(alerts.at("/0/status/state").asString()).isEqualTo("active");
                assertThat(millis(alerts.at("/0/startsAt").asString()))
                        .isEqualTo(millis(startsAt()));
            }
        }
    }

    private static void await(Duration poll, Duration most, Callable<Boolean> fact) {
        Awaitility.await().pollInterval(poll).atMost(most).until(fact);
    }

    private List<String> told() {
        return webhook.all.stream().map(it -> it.at("/status")).toList();
    }

    private String startsAt() {
        return tap.all.getFirst().at("/0/startsAt");
    }

    private static Instant ends(Hook.Call call) {
        return Instant.parse(call.at("/0/endsAt"));
    }

    private static Instant millis(String time) {
        return Instant.parse(time).truncatedTo(ChronoUnit.MILLIS);
    }
}
