package dev.sonde;

import dev.sonde.log.SharedLogging;
import dev.sonde.tls.HandshakeLimits;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import org.springframework.boot.logging.LoggingSystem;

/// The start of a run of tests, before any class. It raises the limits of TLS as the main class
/// does: a test may use TLS before the class of the service that raises them. It gives all services
/// of this JVM one logging.
public final class TestRunStart implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        HandshakeLimits.raise();
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, SharedLogging.class.getName());
    }
}
