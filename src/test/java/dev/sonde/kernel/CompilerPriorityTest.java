package dev.sonde.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CompilerPriorityTest {

    private static final int NICE = 3;

    @Test
    void priorityOfTheNamedThreadIsLower() {
        CompletableFuture<String> statistics = new CompletableFuture<>();
        Thread.ofPlatform().name("a-compiler").start(() -> statistics.complete(lowered()));
        String[] fields = statistics.join().replaceAll(".*\\) ", "").split(" ", -1);
        // The nineteenth field of proc_pid_stat(5); the first one here is the third.
        assertThat(fields[16]).isEqualTo(String.valueOf(NICE));
        assertThat(CompilerPriority.lower("no-compiler", NICE)).isZero();
    }

    private static String lowered() {
        try {
            CompilerPriority.lower("a-compiler", NICE);
            return Files.readString(Path.of("/proc/thread-self/stat"));
        } catch (Exception e) {
            return e.toString();
        }
    }
}
