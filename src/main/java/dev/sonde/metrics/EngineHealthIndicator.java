package dev.sonde.metrics;

import dev.sonde.eventloop.LoopView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/// Whether every event loop answers within a second. One that does not, probes nothing.
@Component
final class EngineHealthIndicator extends AbstractHealthIndicator {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final LoopViews loops;

    EngineHealthIndicator(LoopViews loops) {
        super("the event loops could not be asked");
        this.loops = loops;
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
    }
}
