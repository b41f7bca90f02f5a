package dev.sonde.definition;

import dev.sonde.definition.kubernetes.ClusterTargets;
import dev.sonde.definition.source.Discovery;
import dev.sonde.definition.source.FileTargets;
import dev.sonde.definition.source.HttpTargets;
import dev.sonde.definition.source.TargetFinder;
import dev.sonde.definition.source.TargetGroups;
import dev.sonde.policy.ReceiverPolicy;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.json.JsonMapper;

/// Opens finders for the targets of sources. Safe for any thread.
final class TargetFinders implements AutoCloseable {

    private final TargetGroups groups;
    private final ReceiverPolicy policy;
    private final long maxBytes;
    private final Duration timeout;
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("source-deadlines").factory());

    /// @param maxBytes of one reading
    /// @param timeout of one reading from a server
    TargetFinders(JsonMapper mapper, ReceiverPolicy policy, long maxBytes, Duration timeout) {
        this.groups = new TargetGroups(mapper);
        this.policy = policy;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    /// Opens no connection before the first targets are found.
    TargetFinder open(Discovery discovery) {
        return switch (discovery) {
            case Discovery.Files files -> new FileTargets(files, groups, maxBytes);
            case Discovery.Http http ->
                    new HttpTargets(http, groups, policy, maxBytes, timeout, deadlines);
            case Discovery.Kubernetes cluster ->
                    new ClusterTargets(
                            cluster, () -> new KubernetesClientBuilder().build(), timeout);
        };
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
