package dev.sonde.schedule;

import dev.sonde.start.EarlyPart;
import org.springframework.core.Ordered;

/// Starts the schedule before the web server is made, and beside it: probes need no API.
///
/// In a cluster the schedule waits for the other replicas and starts with everything else.
final class EarlySchedule implements EarlyPart {

    private final ScheduleLifecycle schedule;
    private final boolean isAlone;

    EarlySchedule(ScheduleLifecycle schedule, boolean isAlone) {
        this.schedule = schedule;
        this.isAlone = isAlone;
    }

    @Override
    public void startEarly() {
        if (isAlone) {
            schedule.startBeside();
        }
    }

    /// After the listeners, which may be targets.
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
