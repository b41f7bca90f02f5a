package dev.sonde.notification;

import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.store.NotificationDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alerts as Alertmanagers get them.
class AlertTest {

    @TempDir private Path directory;
    private Hook one;
    private Hook two;
    private NotificationDatabase db;
    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        one = new Hook();
        two = new Hook();
        db = NotificationDatabase.sqlite(directory);
        rig = new Rig(db, settings());
        rig.compare();
        rig.define("a");
        rig.probes.put(
                "a",
                new ProbeFacts(
                        "db:1", Map.of("team", "x", "alertname", "mine", "my-zone", "z"), "down"));
        rig.become("a", UP, DOWN);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("alertmanager.every", "200ms");
        settings.put("receivers[0].name", "am");
        settings.put("receivers[0].type", "alertmanager");
        settings.put("receivers[0].urls[0]", one.url());
        settings.put("receivers[0].urls[1]", two.url());
        return settings;
    }

    @AfterEach
    void close() {
        rig.close();
        db.close();
        one.close();
        two.close();
    }

    /// Compares until a new call has this sign of an alert.
    private Hook.Call await(Hook hook, boolean isResolved) {
        hook.all.clear();
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            rig.compare();
                            return hook.all.stream()
                                    .filter(it -> isResolved == isResolved(it))
                                    .findFirst();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean isResolved(Hook.Call call) {
        return Instant.parse(call.at("/0/endsAt")).isBefore(Instant.now());
    }

    @Test
    void alertIsSentToAllAgainAndAgainAndThenAsResolvedAlsoAfterARestart() {
        Hook.Call first = await(one, false);
        await(two, false);
        Hook.Call again = await(one, false);
        assertThat(first.path()).endsWith("/api/v2/alerts");
        assertThat(first.json().at("/0/labels").toString())
                .isEqualTo(
                        "{\"alertname\":\"SondeProbeDown\",\"my_zone\":\"z\",\"probe\":\"a\","
                                + "\"severity\":\"critical\",\"team\":\"x\"}");
        assertThat(again.json().at("/0/labels")).isEqualTo(first.json().at("/0/labels"));
        Instant endsAt = Instant.parse(again.at("/0/endsAt"));
        assertThat(endsAt).isAfter(Instant.parse(first.at("/0/endsAt")));
        rig.become("a", DOWN, UP);
        await(one, true);
        Map<String, ProbeFacts> probes = rig.probes;
        rig.close();
        rig = new Rig(db, settings());
        rig.probes.putAll(probes);
        Hook.Call later = await(two, true);
        assertThat(later.json()).hasSize(1);
    }

    @Test
    void deadAlertmanagerDelaysNoOther() {
        for (int i = 0; i < 1_000; i++) {
            one.replies.add(Hook.Reply.of(500));
        }
        await(two, false);
        await(two, false);
        Awaitility.await().until(() -> rig.couriers.figures("am").retried() > 0);
    }
}
