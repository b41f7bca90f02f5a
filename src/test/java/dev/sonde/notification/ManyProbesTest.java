package dev.sonde.notification;

import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.store.NotificationDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Five thousand probes that go down at once: messages, time and memory are reported.
@Tag("attack")
class ManyProbesTest {

    private static final int PROBES = 5_000;
    private static final int MEGABYTE = 1 << 20;

    @TempDir private Path directory;

    @Test
    void allProbesAreInOneMessageWhenTheyGoDownAtOnce(TestReporter reporter) throws Exception {
        String[] names = IntStream.range(0, PROBES).mapToObj(i -> "p" + i).toArray(String[]::new);
        try (Hook hook = new Hook();
                Hook alertmanager = new Hook();
                NotificationDatabase db = NotificationDatabase.sqlite(directory);
                Rig rig = new Rig(db, settings(hook, alertmanager))) {
            rig.compare();
            rig.define(names);
            for (String name : names) {
                rig.become(name, UP, DOWN);
            }
            send(rig, "down", reporter);
            assertThat(hook.all).hasSize(1);
            assertThat(hook.all.getFirst().at("/grouped")).isEqualTo("" + PROBES);
            assertThat(hook.all.getFirst().at("/suspect")).isEqualTo("own_network");
            for (String name : names) {
                rig.become(name, DOWN, UP);
            }
            send(rig, "up", reporter);
            assertThat(hook.all).extracting(it -> it.at("/event")).hasSize(2);
            reporter.publishEntry("webhook bytes", "" + hook.all.getFirst().body().length());
            reporter.publishEntry("alertmanager requests", "" + alertmanager.all.size());
        }
    }

    private static Map<String, String> settings(Hook hook, Hook alertmanager) {
        Map<String, String> settings = new HashMap<>(Rig.webhook(hook));
        settings.put("receivers[1].name", "am");
        settings.put("receivers[1].type", "alertmanager");
        settings.put("receivers[1].url", alertmanager.url());
        return settings;
    }

    private static void send(Rig rig, String state, TestReporter reporter) {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long began = System.nanoTime();
        rig.compare();
        Duration compared = Duration.ofNanos(System.nanoTime() - began);
        rig.compareUntilSent();
        Duration sent = Duration.ofNanos(System.nanoTime() - began);
        reporter.publishEntry(
                Map.of(
                        state + " compared ms", "" + compared.toMillis(),
                        state + " sent ms", "" + sent.toMillis(),
                        state + " heap peak MB", "" + peakMegabytes()));
    }

    private static long peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(it -> it.getType() == MemoryType.HEAP)
                        .mapToLong(it -> it.getPeakUsage().getUsed())
                        .sum()
                / MEGABYTE;
    }
}
