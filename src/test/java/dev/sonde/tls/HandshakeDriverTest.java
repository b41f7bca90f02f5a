package dev.sonde.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a handshake does about work off the loop that fails.
class HandshakeDriverTest {

    private final AtomicInteger wakes = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(classes = {IllegalArgumentException.class, StackOverflowError.class})
    void wakesAndReportsASetUpThatThrows(Class<? extends Throwable> kind) throws IOException {
        var driver = driver(() -> fail(kind), Runnable::run);

        assertThat(driver.proceed()).isEqualTo(TlsConnection.Want.TASK);

        assertThat(wakes).hasValue(1);
        assertThatThrownBy(driver::proceed)
                .isInstanceOf(HandshakeDriver.SetUpException.class)
                .hasCauseInstanceOf(kind);
    }

    @Test
    void isBusyUntilTheWorkHasRun() throws IOException {
        var work = new AtomicInteger();
        var driver = driver(() -> fail(IllegalStateException.class), _ -> work.incrementAndGet());

        driver.proceed();

        assertThat(driver.proceed()).isEqualTo(TlsConnection.Want.TASK);
        assertThat(driver.isBusy()).isTrue();
        assertThat(driver.idle()).isNull();
        assertThat(work).hasValue(1);
    }

    @Test
    void reportsTheShutDown() {
        var driver =
                driver(
                        () -> fail(IllegalStateException.class),
                        _ -> {
                            throw new RejectedExecutionException();
                        });

        assertThatThrownBy(driver::proceed).hasMessage("the service is shutting down");
    }

    private HandshakeDriver<TlsClientConnection> driver(
            Supplier<TlsClientConnection> setUp, Executor threads) {
        return new HandshakeDriver<>(setUp, threads, wakes::incrementAndGet);
    }

    private static TlsClientConnection fail(Class<? extends Throwable> kind) {
        if (Error.class.isAssignableFrom(kind)) {
            throw new StackOverflowError("too deep");
        }
        throw kind == IllegalArgumentException.class
                ? new IllegalArgumentException("no such key")
                : new IllegalStateException("no such key");
    }
}
