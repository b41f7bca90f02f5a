package dev.sonde.metrics;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ConnectionCounts;
import dev.sonde.listen.spec.ListenerStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The metrics of listeners, written from their state at each scrape, so a deleted one leaves no
/// series behind.
@Component
final class ListenerMeters implements MultiCollector {

    private final Listeners listeners;

    /// Registers nothing without Prometheus.
    ListenerMeters(Listeners listeners, ObjectProvider<PrometheusRegistry> registry) {
        this.listeners = listeners;
        registry.ifAvailable(there -> there.register(this));
    }

    @Override
    public MetricSnapshots collect() {
        List<ListenerStatus> all = listeners.all();
        return new MetricSnapshots(
                queueLength(all),
                queueLimit(all),
                drops(all),
                connections(all),
                active(all),
                bytes(all),
                info(all));
    }

    private static InfoSnapshot info(List<ListenerStatus> all) {
        InfoSnapshot.Builder info =
                InfoSnapshot.builder()
                        .name("sonde_listener")
                        .help("1 for each listener, with its behaviour");
        all.forEach(
                each ->
                        info.dataPoint(
                                InfoSnapshot.InfoDataPointSnapshot.builder()
                                        .labels(
                                                labels(each)
                                                        .add(
                                                                "behaviour",
                                                                each.definition()
                                                                        .spec()
                                                                        .behaviour()
                                                                        .type()))
                                        .build()));
        return info.build();
    }

    private static GaugeSnapshot queueLength(List<ListenerStatus> all) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder()
                        .name("sonde_listener_accept_queue_length")
                        .help("Connections that wait for accept");
        all.forEach(each -> add(gauge, each, each.queue() == null ? null : each.queue().length()));
        return gauge.build();
    }

    private static GaugeSnapshot queueLimit(List<ListenerStatus> all) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder()
                        .name("sonde_listener_accept_queue_limit")
                        .help("Connections that may wait for accept; one more is admitted");
        all.forEach(each -> add(gauge, each, each.queue() == null ? null : each.queue().limit()));
        return gauge.build();
    }

    private static GaugeSnapshot active(List<ListenerStatus> all) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder()
                        .name("sonde_listener_connections_active")
                        .help("Accepted connections that are open");
        all.forEach(each -> add(gauge, each, (long) each.connections().active()));
        return gauge.build();
    }

    private static CounterSnapshot drops(List<ListenerStatus> all) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder()
                        .name("sonde_listener_drops")
                        .help("SYNs and handshakes that the kernel dropped");
        all.forEach(
                each ->
                        add(
                                counter,
                                labels(each),
                                each.queue() == null ? null : each.queue().drops()));
        return counter.build();
    }

    private static CounterSnapshot connections(List<ListenerStatus> all) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder()
                        .name("sonde_listener_connections")
                        .help("Accepted connections that ended, by how and by whom");
        for (ListenerStatus each : all) {
            ConnectionCounts counts = each.connections();
            counts.byEnd()
                    .forEach(
                            (end, count) ->
                                    add(counter, labels(each).add("end", end.label()), count));
            add(counter, labels(each).add("end", "rejected"), counts.rejected());
        }
        return counter.build();
    }

    private static CounterSnapshot bytes(List<ListenerStatus> all) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder()
                        .name("sonde_listener_bytes")
                        .help("Bytes that accepted connections received (in) and sent (out)");
        for (ListenerStatus each : all) {
            add(counter, labels(each).add("direction", "in"), each.connections().bytesIn());
            add(counter, labels(each).add("direction", "out"), each.connections().bytesOut());
        }
        return counter.build();
    }

    private static void add(
            GaugeSnapshot.Builder gauge, ListenerStatus listener, @Nullable Long value) {
        if (value != null) {
            gauge.dataPoint(
                    GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(labels(listener))
                            .value(value)
                            .build());
        }
    }

    private static void add(CounterSnapshot.Builder counter, Labels labels, @Nullable Long value) {
        if (value != null) {
            counter.dataPoint(
                    CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build());
        }
    }

    private static Labels labels(ListenerStatus listener) {
        return Labels.of("listener", listener.name());
    }
}
