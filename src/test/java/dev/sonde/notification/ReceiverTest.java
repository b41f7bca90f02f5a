package dev.sonde.notification;

import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Certificates;
import dev.sonde.lab.TlsContexts;
import dev.sonde.store.NotificationDatabase;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wishes of a receiver, receivers that misbehave, and a clock that jumps.
@SuppressWarnings("NullAway") // a null fails the test
class ReceiverTest {

    @TempDir private Path directory;
    private Hook hook;
    private NotificationDatabase db;
    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        hook = new Hook();
        db = NotificationDatabase.sqlite(directory);
    }

    @AfterEach
    void close() {
        rig.close();
        db.close();
        hook.close();
    }

    /// A receiver with some settings of its own, and a probe that goes down.
    private void start(String... settings) {
        Map<String, String> all = new HashMap<>(Rig.webhook(hook));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        rig = new Rig(db, all);
        rig.compare();
        rig.define("a");
        rig.become("a", UP, DOWN);
    }

    private String events() {
        return hook.all.stream().map(it -> it.at("/event")).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "label, team=x, incident.opened incident.closed",
        "label, team!=x, ''",
        "states, down, incident.opened",
        "states, up, incident.closed",
        "states, degraded, ''",
    })
    void receiverGetsOnlyTheMessagesThatItWants(String setting, String value, String events) {
        start("receivers[0]." + setting, value);
        rig.compareUntilSent();
        rig.become("a", DOWN, UP);
        rig.compareUntilSent();
        assertThat(events()).isEqualTo(events);
    }

    @Test
    void incidentThatIsShorterThanTheDelayIsNotSent() {
        start("receivers[0].delay", "10m");
        rig.compareUntilSent();
        rig.become("a", DOWN, UP);
        rig.become("a", UP, DOWN);
        rig.ahead = Duration.ofMinutes(9);
        rig.compareUntilSent();
        assertThat(hook.all).isEmpty();
        rig.ahead = Duration.ofMinutes(11);
        rig.compareUntilSent();
        assertThat(events()).isEqualTo("incident.opened");
        assertThat(hook.all.getFirst().json().at("/incidents/0/tookSeconds").asLong())
                .isGreaterThanOrEqualTo(660);
    }

    @Test
    void lastingIncidentIsSentAgainAfterEachReminder() {
        start("receivers[0].reminder", "1h");
        for (int minutes : new int[] {0, 50, 65, 110, 130}) {
            rig.ahead = Duration.ofMinutes(minutes);
            rig.compareUntilSent();
        }
        rig.become("a", DOWN, UP);
        rig.compareUntilSent();
        rig.ahead = Duration.ofHours(9);
        rig.compareUntilSent();
        assertThat(events())
                .isEqualTo("incident.opened incident.reminded incident.reminded incident.closed");
        assertThat(hook.all).extracting(it -> it.at("/number")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void receiverThatNeverAnswersDelaysNoOther() throws IOException {
        try (Hook mute = new Hook()) {
            mute.held = new CountDownLatch(1);
            start(
                    "timeout", "200ms",
                    "receivers[1].name", "mute",
                    "receivers[1].type", "webhook",
                    "receivers[1].url", mute.url());
            rig.compare();
            assertThat(hook.next().at("/event")).isEqualTo("incident.opened");
            Awaitility.await().until(() -> rig.couriers.figures("mute").retried() > 0);
            assertThat(rig.couriers.figures("mute").lastError())
                    .isEqualTo(
                            "http://127.0.0.1: no answer within 200 ms"
                                    + " (sonde.notifications.timeout)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // the host in the certificate, whether its authority is known
        "127.0.0.1, true, ''",
        "127.0.0.1, false, the TLS handshake failed",
        "127.0.0.9, true, the TLS handshake failed",
    })
    void receiverGetsNothingWithoutAGoodCertificate(String host, boolean isKnown, String error)
            throws Exception {
        CertificateAuthority authority = new CertificateAuthority(directory, Clock.systemUTC());
        Path file = directory.resolve("ca.pem");
        Files.writeString(file, Pem.of(List.of(authority.certificate())));
        try (Hook secured =
                new Hook(
                        TlsContexts.of(
                                Certificates.server(authority, "hook", host),
                                authority.certificate()))) {
            start(
                    "receivers[0].url",
                    secured.url(),
                    isKnown ? "receivers[0].ca-file" : "receivers[0].reminder",
                    isKnown ? file.toString() : "1h");
            rig.compare();
            Awaitility.await().until(() -> rig.deliveries().getFirst().attempts() > 0);
            if (error.isEmpty()) {
                assertThat(secured.next().at("/event")).isEqualTo("incident.opened");
            } else {
                assertThat(rig.deliveries().getFirst().lastError())
                        .startsWith("https://127.0.0.1: ")
                        .contains(error);
                assertThat(secured.all).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-P2D", "-PT2H", "PT2H", "P2D"})
    void nothingIsMissedOrRepeatedWhenTheClockJumps(Duration jump) {
        start();
        rig.compareUntilSent();
        rig.ahead = jump;
        rig.compareUntilSent();
        rig.become("a", DOWN, UP);
        rig.compareUntilSent();
        rig.ahead = Duration.ZERO;
        rig.compareUntilSent();
        assertThat(events()).isEqualTo("incident.opened incident.closed");
    }

    /// The attempt's time was written by a clock that was a month ahead.
    @Test
    void waitingMessageIsSentWhenTheClockIsSetBack() {
        start();
        rig.ahead = Duration.ofDays(30);
        hook.replies.add(new Hook.Reply(503, Map.of("Retry-After", "3600"), ""));
        rig.compare();
        Awaitility.await().until(() -> rig.deliveries().getFirst().attempts() == 1);
        rig.ahead = Duration.ZERO;
        rig.compareUntilSent();
        assertThat(hook.all).extracting(Hook.Call::delivery).hasSize(2);
        assertThat(rig.deliveries()).hasSize(1);
    }
}
