package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LateInputTest {

    @Test
    void bytesAreReadWhenTheyHaveBeenMade() throws IOException {
        CompletableFuture<byte[]> making = new CompletableFuture<>();
        try (LateInput input = new LateInput(making)) {
            making.complete(new byte[] {1, 2, 3});

            assertThat(input.read()).isEqualTo(1);
            assertThat(input.readAllBytes()).containsExactly(2, 3);
            assertThat(input.read()).isNegative();
        }
    }

    /// The answer's head has been sent by then: only a broken connection tells that it is not
    /// whole.
    @Test
    void readFailsWhenNothingCouldBeMade() throws IOException {
        IllegalStateException cause = new IllegalStateException("no meters");
        try (LateInput input = new LateInput(CompletableFuture.failedFuture(cause))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(input::read).withCause(cause);
        }
    }
}
