package dev.sonde.metrics;

import dev.sonde.cluster.ClusterStatus;
import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.forward.ForwardFigures;
import dev.sonde.cluster.forward.Forwarding;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// The state of the replicas: meters, and `cluster` in the health details. A single process has
/// neither. The status is never down: a replica that has lost the others still probes, and reports
/// the members that it sees.
@Component("cluster")
@ConditionalOnProperty("sonde.cluster.enabled")
final class ClusterReport implements MeterBinder, HealthIndicator {

    private final Replicas replicas;
    private final Forwarding forwarding;

    ClusterReport(Replicas replicas, Forwarding forwarding) {
        this.replicas = replicas;
        this.forwarding = forwarding;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("sonde.cluster.members", replicas, of(status -> status.members().size()))
                .description("Replicas that this one sees, itself among them")
                .register(registry);
        Gauge.builder(
                        "sonde.cluster.partitions.owned",
                        replicas,
                        of(ClusterStatus::partitionsOwned))
                .description("Partitions, of 1048576, whose probes this replica runs")
                .register(registry);
        FunctionCounter.builder("sonde.cluster.takeovers", replicas, of(ClusterStatus::takeovers))
                .description("How often partitions were taken over from a replica that went")
                .register(registry);
        bindForwarding(registry);
    }

    private void bindForwarding(MeterRegistry registry) {
        Gauge.builder("sonde.forward.open", forwarding, forwarded(ForwardFigures::open))
                .description("Requests that other replicas are answering for this one")
                .register(registry);
        ends().forEach(
                        (end, count) ->
                                FunctionCounter.builder(
                                                "sonde.forward.requests",
                                                forwarding,
                                                forwarded(count))
                                        .description("Requests that this replica forwarded")
                                        .tag("end", end)
                                        .register(registry));
    }

    private static Map<String, ToDoubleFunction<ForwardFigures>> ends() {
        return Map.of(
                "answered", ForwardFigures::answered,
                "gone", ForwardFigures::gone,
                "unreachable", ForwardFigures::unreachable,
                "refused", ForwardFigures::refused);
    }

    private static ToDoubleFunction<Forwarding> forwarded(ToDoubleFunction<ForwardFigures> figure) {
        return all -> all.figures().map(figure::applyAsDouble).orElse(0.0);
    }

    private static ToDoubleFunction<Replicas> of(ToDoubleFunction<ClusterStatus> figure) {
        return all -> all.status().map(figure::applyAsDouble).orElse(0.0);
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        replicas.status()
                .ifPresent(
                        status ->
                                health.withDetail("members", status.members())
                                        .withDetail("partitionsOwned", status.partitionsOwned())
                                        .withDetail("takeovers", status.takeovers()));
        return health.build();
    }
}
