package dev.sonde.metrics;

import dev.sonde.definition.DefinitionSources;
import dev.sonde.definition.SourceStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/// The sources of definitions as meters. Series of a source that is gone are removed with the next
/// reading of another one.
@Component
final class SourceReport implements MeterBinder {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final DefinitionSources sources;

    /// The latest status of each source, for counters; written by the sources' threads.
    private final Map<String, SourceStatus> latest = new ConcurrentHashMap<>();

    SourceReport(DefinitionSources sources) {
        this.sources = sources;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MultiGauge probes =
                MultiGauge.builder("sonde.definitions.source.probes")
                        .description("Probes that the source makes")
                        .register(registry);
        MultiGauge rejected =
                MultiGauge.builder("sonde.definitions.source.rejected")
                        .description("Targets of the latest reading that made no probe")
                        .register(registry);
        MultiGauge at =
                MultiGauge.builder("sonde.definitions.source.last.success.timestamp")
                        .description("When a reading of the source was applied last, since 1970")
                        .baseUnit("seconds")
                        .register(registry);
        sources.onReading(
                status -> {
                    if (latest.put(status.set(), status) == null) {
                        count(registry, status.set(), "applied", SourceStatus::applied);
                        count(registry, status.set(), "failed", SourceStatus::failed);
                    }
                    List<SourceStatus> all = sources.all();
                    probes.register(rows(all, SourceStatus::probes), true);
                    rejected.register(rows(all, SourceStatus::rejected), true);
                    at.register(rows(read(all), SourceReport::seconds), true);
                });
    }

    private void count(
            MeterRegistry registry,
            String source,
            String outcome,
            ToDoubleFunction<SourceStatus> number) {
        FunctionCounter.builder(
                        "sonde.definitions.source.reads",
                        latest,
                        map -> {
                            SourceStatus status = map.get(source);
                            return status == null ? 0 : number.applyAsDouble(status);
                        })
                .description("Readings of the source")
                .tags("source", source, "outcome", outcome)
                .register(registry);
    }

    private static List<SourceStatus> read(List<SourceStatus> all) {
        return all.stream().filter(each -> each.lastSuccess() != null).toList();
    }

    private static double seconds(SourceStatus status) {
        Instant last = status.lastSuccess();
        return last == null ? Double.NaN : last.toEpochMilli() / MILLIS_PER_SECOND;
    }

    private static List<Row<?>> rows(List<SourceStatus> all, ToDoubleFunction<SourceStatus> value) {
        List<Row<?>> rows = new ArrayList<>();
        all.forEach(
                each -> rows.add(Row.of(Tags.of("source", each.set()), value.applyAsDouble(each))));
        return rows;
    }
}
