package dev.sonde.metrics;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The limits of what a scrape answers.
///
/// @param probeSeries series of scheduled probes, about four for each; those beyond are counted in
///     `sonde_probe_series_dropped`
@Validated
@ConfigurationProperties("sonde.metrics")
record MetricsProperties(@DefaultValue("500000") @Min(0) @Max(10_000_000) int probeSeries) {}
