package dev.sonde.metrics;

import dev.sonde.schedule.Roll;
import dev.sonde.schedule.Schedules;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.ConditionalOnEnabledMetricsExport;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/// Adds the series of scheduled probes to what the registry's meters say.
@Component
@ConditionalOnEnabledMetricsExport("prometheus")
@ConditionalOnAvailableEndpoint(PrometheusScrapeEndpoint.class)
@EndpointWebExtension(endpoint = PrometheusScrapeEndpoint.class)
final class ScrapeExtension {

    private static final String END = "# EOF\n";

    private final PrometheusScrapeEndpoint meters;
    private final Schedules schedules;
    private final int mostSeries;

    /// Of the latest scrape; replaced, never changed.
    private volatile @Nullable ProbeLabels labels;

    ScrapeExtension(
            PrometheusScrapeEndpoint meters, Schedules schedules, MetricsProperties properties) {
        this.meters = meters;
        this.schedules = schedules;
        this.mostSeries = properties.probeSeries();
    }

    /// Answers a scrape.
    ///
    /// @param includedNames the only meters wanted; the series of probes are then left out
    @ReadOperation(producesFrom = PrometheusOutputFormat.class)
    public WebEndpointResponse<Resource> scrape(
            PrometheusOutputFormat format, @Nullable Set<String> includedNames) {
        boolean isOpenMetrics = format == PrometheusOutputFormat.CONTENT_TYPE_OPENMETRICS_100;
        // Whoever prefers the binary form reads text as well.
        PrometheusOutputFormat written =
                isOpenMetrics ? format : PrometheusOutputFormat.CONTENT_TYPE_004;
        byte[] registry = Objects.requireNonNull(meters.scrape(written, includedNames).getBody());
        InputStream body =
                includedNames == null
                        ? withProbes(registry, isOpenMetrics)
                        : new ByteArrayInputStream(registry);
        return new WebEndpointResponse<>(
                new InputStreamResource(body), written.getProducedMimeType());
    }

    private InputStream withProbes(byte[] registry, boolean isOpenMetrics) {
        byte[] end = (isOpenMetrics ? END : "").getBytes(StandardCharsets.US_ASCII);
        return new SequenceInputStream(
                Collections.enumeration(
                        List.of(
                                new ByteArrayInputStream(registry, 0, registry.length - end.length),
                                new ProbeSeriesInput(
                                        ProbeSamples.take(labels(), mostSeries), isOpenMetrics),
                                new ByteArrayInputStream(end))));
    }

    private ProbeLabels labels() {
        ProbeLabels known = labels;
        Roll roll = schedules.roll();
        if (known == null || !known.roll().equals(roll)) {
            known = ProbeLabels.of(roll, known);
            labels = known;
        }
        return known;
    }
}
