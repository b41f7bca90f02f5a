package dev.sonde.metrics;

import dev.sonde.probe.spec.ProbeLabels;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The series of scheduled probes in a scrape, and their limit.
///
/// @param probeSeries series of scheduled probes at most, ten for each by default; those beyond
///     are counted in `sonde_probe_series_dropped`
/// @param probeFamilies the families that scrapes have
/// @param probeLabels the keys of probes' labels that `sonde_probe_info` shows, at most 16
@Validated
@ConfigurationProperties("sonde.metrics")
record MetricsProperties(
        @DefaultValue("1200000") @Min(0) @Max(10_000_000) int probeSeries,
        @DefaultValue({
                    "up",
                    "state",
                    "in-maintenance",
                    "last-duration",
                    "rtt",
                    "failures",
                    "not-probed",
                    "not-probed-runs",
                    "failure-info",
                    "runs",
                    "info",
                    "state-since",
                    "overdue",
                    "certificate"
                })
                Set<ProbeSeries> probeFamilies,
        @DefaultValue("team") @Size(max = 16) List<String> probeLabels) {

    /// The labels that series have anyway.
    private static final Set<String> TAKEN = Set.of("probe", "target");

    MetricsProperties {
        probeFamilies = Set.copyOf(probeFamilies);
        probeLabels = List.copyOf(probeLabels);
        for (String key : probeLabels) {
            ProbeLabels.requireValid(Map.of(key, ""));
            if (TAKEN.contains(key)) {
                throw new IllegalArgumentException(
                        "sonde.metrics.probe-labels: every series has the label "
                                + key
                                + " anyway");
            }
        }
        if (Set.copyOf(probeLabels).size() < probeLabels.size()) {
            throw new IllegalArgumentException(
                    "sonde.metrics.probe-labels names a label twice: " + probeLabels);
        }
    }
}
