package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import dev.sonde.probe.keeping.StoredProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed in the middle of its work, and what the next one finds.
class KillTest {

    @TempDir private Path directory;

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        Process victim = start();
        int acknowledged = -1;
        try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
            while (acknowledged < 300) {
                String line = lines.readLine();
                if (line.startsWith(KillVictim.ACKNOWLEDGED)) {
                    acknowledged =
                            Integer.parseInt(line.substring(KillVictim.ACKNOWLEDGED.length()));
                }
            }
        } finally {
            victim.destroyForcibly().waitFor();
        }
        List<StoredProbe> found = new ArrayList<>();
        try (TestDatabase db = TestDatabase.sqlite(directory)) {
            new SqlProbeStore(db.database, db.ids()).forEach(found::add);
            assertThat(db.count("result")).isGreaterThanOrEqualTo(acknowledged + 1L);
        }
        assertThat(found)
                .extracting(stored -> stored.definition().name())
                .contains("probe-0", "probe-150", "probe-" + acknowledged);
        assertThat(found).hasSizeGreaterThan(acknowledged);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Jdk.program("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillVictim.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
