package dev.sonde.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

class SharedLoggingTest {

    /// This fails with the setup that Boot has for one service: its parts change one map of words.
    @Test
    void servicesThatStartAndEndBesideEachOtherSetUpLogging() throws Exception {
        ClassLoader loader = getClass().getClassLoader();
        assertThat(LoggingSystem.get(loader)).isInstanceOf(SharedLogging.class);
        List<Future<?>> services = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int service = 0; service < 200; service++) {
                services.add(threads.submit(() -> begin(LoggingSystem.get(loader))));
            }
        }
        for (Future<?> service : services) {
            service.get();
        }
    }

    private static void begin(LoggingSystem logging) {
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
        logging.cleanUp();
    }
}
