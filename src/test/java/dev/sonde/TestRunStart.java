package dev.sonde;

import dev.sonde.tls.HandshakeLimits;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/// The start of a run of tests, before any class. It raises the limits of TLS as the main class
/// does: a test may use TLS before the class of the service that raises them.
public final class TestRunStart implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        HandshakeLimits.raise();
    }
}
