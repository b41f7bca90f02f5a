package dev.sonde.schedule;

import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/// Starts the schedule before the web server is made: probes need no API. It customizes nothing.
///
/// In a cluster the schedule waits for the other replicas and starts with everything else.
final class EarlySchedule implements WebServerFactoryCustomizer<WebServerFactory>, Ordered {

    private final ScheduleLifecycle schedule;
    private final boolean isAlone;

    EarlySchedule(ScheduleLifecycle schedule, boolean isAlone) {
        this.schedule = schedule;
        this.isAlone = isAlone;
    }

    @Override
    public void customize(WebServerFactory factory) {
        if (isAlone) {
            schedule.start();
        }
    }

    /// After the listeners, which may be targets.
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
