package dev.sonde.metrics;

import dev.sonde.blackbox.ExporterFigures;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/// The build, under Sonde's name and under blackbox_exporter's, and the figures that
/// blackbox_exporter reports about itself.
@Component
final class BuildMeters implements MultiCollector {

    private static final String UNKNOWN_VERSION = "unknown";

    private final ExporterFigures exporter;
    private final String version;

    /// Registers nothing without Prometheus.
    BuildMeters(
            ExporterFigures exporter,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<PrometheusRegistry> registry) {
        this.exporter = exporter;
        String built = build.stream().map(BuildProperties::getVersion).findFirst().orElse(null);
        this.version = built == null ? UNKNOWN_VERSION : built;
        registry.ifAvailable(there -> there.register(this));
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(
                info(
                        "sonde_build",
                        "1, with the version of Sonde and of Java",
                        Labels.of("version", version, "java", Runtime.version().toString())),
                info(
                        "blackbox_exporter_build",
                        "1, with the version of Sonde, which stands in for blackbox_exporter",
                        Labels.of("version", version)),
                gauge(
                        "blackbox_exporter_config_last_reload_successful",
                        "Whether the module file could be used when it was read last",
                        exporter.isLastReloadGood() ? 1 : 0),
                gauge(
                        "blackbox_exporter_config_last_reload_success_timestamp_seconds",
                        "When the module file could be used last",
                        (double) exporter.lastGoodReloadAt().toEpochMilli() / 1_000),
                unknownModules());
    }

    private CounterSnapshot unknownModules() {
        return CounterSnapshot.builder()
                .name("blackbox_module_unknown")
                .help("Requests of /probe for a module that does not exist")
                .dataPoint(
                        CounterSnapshot.CounterDataPointSnapshot.builder()
                                .value((double) exporter.unknownModules())
                                .build())
                .build();
    }

    private static InfoSnapshot info(String name, String help, Labels labels) {
        return InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels).build())
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
