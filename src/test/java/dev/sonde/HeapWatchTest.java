package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the process ends when its heap is full.
class HeapWatchTest {

    private static final String LAST_WORDS = "Terminating due to java.lang.OutOfMemoryError";

    @ParameterizedTest
    @ValueSource(strings = {"uncaught", "caught"})
    void theProcessEndsWhenItsHeapIsFull(String how) throws IOException, InterruptedException {
        assertThat(run(how, HeapWatch.EXIT_STATUS)).contains(LAST_WORDS);
    }

    @Test
    void anotherFaultEndsItsThreadWithATrace() throws IOException, InterruptedException {
        assertThat(run("other", 0))
                .contains("Exception in thread \"faulty\" java.util.NoSuchElementException")
                .doesNotContain("StackOverflowError");
    }

    private static String run(String how, int status) throws IOException, InterruptedException {
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
            assertThat(child.exitValue()).isEqualTo(status);
            return said;
        } finally {
            child.destroyForcibly();
        }
    }
}
