package dev.sonde.log;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;

/// The logging of a JVM in which several services start and end beside each other, as only tests
/// have it. Logback's one context must not be set up by two threads at a time, and a service that
/// ends must not take it from the others. It is set up once.
public final class SharedLogging extends LogbackLoggingSystem {

    private static final Object SETUP = new Object();

    public SharedLogging(ClassLoader loader) {
        super(loader);
    }

    @Override
    public void beforeInitialize() {
        // The filter that denies everything until the setup would also silence the other services.
    }

    @Override
    public void initialize(
            LoggingInitializationContext context,
            @Nullable String location,
            @Nullable LogFile file) {
        synchronized (SETUP) {
            super.beforeInitialize();
            super.initialize(context, location, file);
        }
    }

    @Override
    public void cleanUp() {
        // Other services go on to log.
    }
}
