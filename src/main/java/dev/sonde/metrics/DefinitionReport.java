package dev.sonde.metrics;

import dev.sonde.definition.DefinitionFiles;
import dev.sonde.definition.DefinitionSources;
import dev.sonde.definition.FileStatus;
import dev.sonde.definition.SourceStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// The latest reading of the files of definitions: meters, and `definitions` in the health details.
///
/// Bad files stop no probe, so the status stays up and a detail names the problem.
@Component("definitions")
final class DefinitionReport implements MeterBinder, HealthIndicator {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final DefinitionFiles files;
    private final DefinitionSources sources;

    DefinitionReport(DefinitionFiles files, DefinitionSources sources) {
        this.files = files;
        this.sources = sources;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MultiGauge successful =
                MultiGauge.builder("sonde.definitions.last.reload.successful")
                        .description("1 where the latest reading of the files was applied, else 0")
                        .register(registry);
        MultiGauge at =
                MultiGauge.builder("sonde.definitions.last.reload.success.timestamp")
                        .description("When a reading of the files was applied last, since 1970")
                        .baseUnit("seconds")
                        .register(registry);
        files.onReading(
                now -> {
                    successful.register(row(now.isSuccessful() ? 1 : 0), true);
                    Instant last = now.lastSuccess();
                    if (last != null) {
                        at.register(row(last.toEpochMilli() / MILLIS_PER_SECOND), true);
                    }
                });
    }

    private static List<Row<?>> row(double value) {
        return List.of(Row.of(Tags.empty(), value));
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        files.status().ifPresent(now -> describe(now, health));
        Map<String, String> problems = new TreeMap<>();
        for (SourceStatus each : sources.all()) {
            if (each.problem() != null) {
                problems.put(each.set(), each.problem());
            } else if (each.rejected() > 0) {
                problems.put(
                        each.set(),
                        "%d targets made no probe; the first: %s"
                                .formatted(each.rejected(), each.rejections().getFirst()));
            }
        }
        if (!problems.isEmpty()) {
            health.withDetail("sources", problems);
        }
        return health.build();
    }

    private static void describe(FileStatus now, Health.Builder health) {
        health.withDetail("lastReload", now.isSuccessful() ? "applied" : "refused");
        if (now.lastSuccess() != null) {
            health.withDetail("lastSuccess", now.lastSuccess());
        }
        if (now.problem() != null) {
            health.withDetail("problem", now.problem());
        }
    }
}
