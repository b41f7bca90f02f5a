package dev.sonde.metrics;

import dev.sonde.probe.keeping.MaintenanceCalendar;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.plan.ProbeFigures;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.FutureTask;
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

/// Adds the series of scheduled probes to those of the registry's meters.
@Component
@ConditionalOnEnabledMetricsExport("prometheus")
@ConditionalOnAvailableEndpoint(PrometheusScrapeEndpoint.class)
@EndpointWebExtension(endpoint = PrometheusScrapeEndpoint.class)
final class ScrapeExtension {

    private final PrometheusScrapeEndpoint meters;
    private final Schedules schedules;
    private final MetricsProperties properties;
    private final MaintenanceCalendar calendar;
    private final Clock clock;

    /// Of the latest scrape; replaced, never changed.
    private volatile SeriesLabels labels = SeriesLabels.NONE;

    ScrapeExtension(
            PrometheusScrapeEndpoint meters,
            Schedules schedules,
            MetricsProperties properties,
            MaintenanceCalendar calendar,
            Clock clock) {
        this.meters = meters;
        this.schedules = schedules;
        this.properties = properties;
        this.calendar = calendar;
        this.clock = clock;
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
        InputStream body =
                includedNames == null
                        ? withProbes(written, isOpenMetrics)
                        : new ByteArrayInputStream(registry(written, includedNames));
        return new WebEndpointResponse<>(
                new InputStreamResource(body), written.getProducedMimeType());
    }

    /// The registry's meters come last, because they end with the end of OpenMetrics. Some of them
    /// wait for an event loop, so they are read while the probes are written.
    private InputStream withProbes(PrometheusOutputFormat written, boolean isOpenMetrics) {
        FutureTask<byte[]> registry = new FutureTask<>(() -> registry(written, null));
        Thread.ofVirtual().name("scrape-registry").start(registry);
        ProbeSamples samples =
                ProbeSamples.take(
                        labels(),
                        properties.probeFamilies(),
                        properties.probeSeries(),
                        new ProbeSamples.Moment(clock.instant(), calendar));
        InputStream probes = new ProbeSeriesInput(samples, isOpenMetrics);
        return new SequenceInputStream(probes, new LateInput(registry));
    }

    private byte[] registry(PrometheusOutputFormat written, @Nullable Set<String> includedNames) {
        return Objects.requireNonNull(meters.scrape(written, includedNames).getBody());
    }

    private SeriesLabels labels() {
        SeriesLabels known = labels;
        ProbeFigures figures = schedules.figures();
        if (known.figures() != figures) {
            known = SeriesLabels.of(figures, properties.probeLabels(), known);
            labels = known;
        }
        return known;
    }
}
