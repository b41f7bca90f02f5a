package dev.sonde.metrics;

import dev.sonde.history.DroppedResults;
import dev.sonde.store.ResultWriter;
import dev.sonde.store.StoreHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// The writing of results: meters, and `store` in the health details.
///
/// The status is down while the database refuses writes. No probe stops then, so the status is no
/// part of the readiness.
@Component("store")
final class StoreReport implements MeterBinder, HealthIndicator {

    private final ResultWriter writer;
    private final DroppedResults dropped;

    StoreReport(ResultWriter writer, DroppedResults dropped) {
        this.writer = writer;
        this.dropped = dropped;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("sonde.store.up", writer, w -> w.checkedHealth().failing() == null ? 1 : 0)
                .description("Whether the database takes what is written")
                .register(registry);
        Gauge.builder("sonde.results.buffered", writer, w -> w.health().buffered())
                .description("Results and transitions that wait for the database")
                .register(registry);
        FunctionCounter.builder("sonde.results.written", writer, w -> w.health().written())
                .description("Results written to the database")
                .register(registry);
        FunctionCounter.builder("sonde.results.lost", writer, w -> w.health().lost())
                .description("Results and transitions that the buffer had no room for")
                .register(registry);
        FunctionCounter.builder("sonde.results.dropped", dropped, DroppedResults::number)
                .description("Results that were removed because of sonde.results.max-size")
                .register(registry);
    }

    @Override
    public Health health() {
        StoreHealth now = writer.checkedHealth();
        Health.Builder health = now.failing() == null ? Health.up() : Health.down();
        health.withDetail("buffered", now.buffered())
                .withDetail("written", now.written())
                .withDetail("lost", now.lost())
                .withDetail("droppedForSize", dropped.number());
        if (now.failing() != null) {
            health.withDetail("failingSince", now.failing());
        }
        if (now.lastError() != null) {
            health.withDetail("lastError", now.lastError());
        }
        return health.build();
    }
}
