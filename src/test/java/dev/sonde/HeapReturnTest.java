package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a small service returns heap.
class HeapReturnTest {

    private static final long MEBI = 1_048_576;

    /// Mebibytes that are used, and that were alive after the latest collection.
    @ParameterizedTest
    @CsvSource({
        "7,   0,   false",
        "8,   0,   true",
        "37,  30,  false",
        "38,  30,  true",
        "62,  50,  false",
        "63,  50,  true",
        "96,  60,  true",
        "97,  60,  false",
        "300, 0,   false"
    })
    void aCollectionIsWorthAPauseWhenASmallHeapHasMuchGarbage(
            long used, long alive, boolean isWorth) {
        assertThat(HeapReturn.isWorthAPause(used * MEBI, alive * MEBI)).isEqualTo(isWorth);
    }

    @Test
    void heapOfASmallServiceIsReturned() throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Jdk.program("java"),
                                "-Xms16m",
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:-ShrinkHeapInSteps",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HeapTenant.class.getName())
                        .redirectErrorStream(true)
                        .start();
        try {
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).isEqualTo("returned\n");
        } finally {
            child.destroyForcibly();
        }
    }
}
