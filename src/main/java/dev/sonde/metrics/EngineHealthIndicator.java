package dev.sonde.metrics;

import dev.sonde.eventloop.LoopView;
import dev.sonde.schedule.Schedules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/// Whether every event loop answers within a second. A loop that does not answer runs no probe. A
/// detail counts the probes whose last three runs or more were not probed.
@Component
final class EngineHealthIndicator extends AbstractHealthIndicator {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final int NAMES = 10;

    private final LoopViews loops;
    private final Schedules schedules;

    EngineHealthIndicator(LoopViews loops, Schedules schedules) {
        super("the event loops could not be asked");
        this.loops = loops;
        this.schedules = schedules;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<LoopView> views = loops.ask(WAIT);
        if (views.isEmpty()) {
            health.down().withDetail("reason", "an event loop did not answer within 1s");
            return;
        }
        health.up().withDetail("loops", views.size());
        long lagNanos = views.stream().mapToLong(LoopView::lagNanos).max().orElse(0);
        health.withDetail("lagMicros", TimeUnit.NANOSECONDS.toMicros(lagNanos));
        int neglected = schedules.neglected();
        if (neglected > 0) {
            health.withDetail("notProbed", neglected)
                    .withDetail("notProbedNames", schedules.list().neglected(NAMES));
        }
    }
}
