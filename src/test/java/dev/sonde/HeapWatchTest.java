package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the process ends when its heap is full.
class HeapWatchTest {

    @ParameterizedTest
    @ValueSource(strings = {"uncaught", "caught"})
    void theProcessEndsWhenItsHeapIsFull(String how) throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Jdk.program("java"),
                                "-Xmx32m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HeapVictim.class.getName(),
                                how)
                        .redirectErrorStream(true)
                        .start();
        try {
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(HeapWatch.EXIT_STATUS);
            assertThat(said).contains("Terminating due to java.lang.OutOfMemoryError");
        } finally {
            child.destroyForcibly();
        }
    }
}
