package dev.sonde.notification;

import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import dev.sonde.notification.message.DeliveryState;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.store.NotificationDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A process that is killed between a change of a probe and the delivery of its message, and the
/// messages of the next process.
class NotificationKillTest {

    private static final int LONGEST_PAUSE_NANOS = 20_000_000;

    @TempDir private Path directory;
    private Hook hook;

    /// When the process is killed.
    enum Moment {
        /// The change is stored, and nobody compared.
        STORED,
        /// The receiver has the request and did not answer.
        ASKED,
        /// The receiver answered, and that is recorded or not.
        ANSWERED
    }

    @BeforeEach
    void open() throws IOException {
        hook = new Hook();
        try (NotificationDatabase db = NotificationDatabase.sqlite(directory);
                Rig rig = new Rig(db, Rig.webhook(hook))) {
            rig.compare();
            rig.define("a");
        }
    }

    @AfterEach
    void close() {
        hook.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsMissedAndARepeatedMessageHasItsIdWhenTheProcessIsKilled(Moment moment)
            throws Exception {
        kill(moment, 0);
        requireEachMessageOnce();
    }

    @Tag("attack")
    @RepeatedTest(50)
    void nothingIsMissedHoweverOftenAProcessIsKilled(RepetitionInfo repetition) throws Exception {
        Moment moment = Moment.values()[repetition.getCurrentRepetition() % Moment.values().length];
        kill(moment, ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
        requireEachMessageOnce();
    }

    private void kill(Moment moment, long nanos) throws Exception {
        if (moment == Moment.ASKED) {
            hook.held = new CountDownLatch(1);
        }
        Process victim = start(moment != Moment.STORED);
        try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.equals(NotificationVictim.STORED)) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
            if (moment != Moment.STORED) {
                hook.next();
            }
            LockSupport.parkNanos(nanos);
        } finally {
            victim.destroyForcibly().waitFor();
            hook.held.countDown();
        }
    }

    private Process start(boolean sends) throws IOException {
        return new ProcessBuilder(
                        Jdk.program("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NotificationVictim.class.getName(),
                        directory.toString(),
                        hook.url(),
                        Boolean.toString(sends))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void requireEachMessageOnce() {
        try (NotificationDatabase db = NotificationDatabase.sqlite(directory);
                Rig rig = new Rig(db, Rig.webhook(hook))) {
            rig.probes.put("a", new ProbeFacts("db.example:5432", Map.of(), "down"));
            rig.compareUntilSent();
            MessageDelivery opened = rig.deliveries().getFirst();
            assertThat(rig.deliveries()).hasSize(1);
            assertThat(opened.state()).isEqualTo(DeliveryState.DELIVERED);
            assertThat(hook.all)
                    .isNotEmpty()
                    .allSatisfy(
                            it -> {
                                assertThat(it.delivery()).isEqualTo(opened.id());
                                assertThat(it.at("/event")).isEqualTo("incident.opened");
                            });
            int calls = hook.all.size();
            rig.become("a", DOWN, UP);
            rig.compareUntilSent();
            assertThat(hook.all).hasSize(calls + 1);
            assertThat(hook.all.getLast().at("/event")).isEqualTo("incident.closed");
            assertThat(hook.all.getLast().at("/incidents/0/id"))
                    .isEqualTo(hook.all.getFirst().at("/incidents/0/id"));
        }
    }
}
