package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import dev.sonde.start.StartException;
import dev.sonde.store.embedded.EmbeddedDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that cannot unpack SQLite's native library.
class NativeLibraryTest {

    @TempDir private Path directory;

    @Test
    void startSaysThatTheLibraryCannotBeLoadedAndNothingOfTheDatabase() throws Exception {
        Process process =
                new ProcessBuilder(
                                Jdk.program("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-Dorg.sqlite.tmpdir=/dev/null/none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Start.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said)
                    .contains("SQLite's native library cannot be loaded")
                    .contains("/dev/null/none")
                    .doesNotContain("definitions");
        } finally {
            process.destroyForcibly();
        }
    }

    /// The start of a store in a process of its own.
    static final class Start {

        private Start() {}

        public static void main(String[] arguments) {
            try {
                EmbeddedDatabase.open(Path.of(arguments[0]), 0);
            } catch (StartException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
