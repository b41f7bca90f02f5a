package dev.sonde.definition.kubernetes;

import dev.sonde.definition.source.Discovery;
import dev.sonde.definition.source.SourceException;
import dev.sonde.definition.source.TargetFinder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Targets of a Kubernetes cluster, kept up to date by informers. For one thread but for `close`.
public final class ClusterTargets implements TargetFinder {

    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Discovery.Kubernetes discovery;
    private final Supplier<KubernetesClient> clients;
    private final Duration timeout;
    private final CopyOnWriteArrayList<Runnable> observers = new CopyOnWriteArrayList<>();

    /// Written by the finding thread, read by the one that closes.
    private volatile @Nullable Watches watches;

    /// @param clients makes a client of the cluster when the first targets are found
    /// @param timeout for the first list of objects
    public ClusterTargets(
            Discovery.Kubernetes discovery, Supplier<KubernetesClient> clients, Duration timeout) {
        this.discovery = discovery;
        this.clients = clients;
        this.timeout = timeout;
    }

    @Override
    public void onChange(Runnable observer) {
        observers.add(observer);
    }

    @Override
    public List<Map<String, String>> find() throws SourceException {
        Watches open = watches;
        if (open == null) {
            open = open();
            watches = open;
        }
        try {
            open.requireCurrent(timeout);
        } catch (SourceException e) {
            if (!open.isRunning()) {
                // The next reading begins anew.
                watches = null;
                open.close();
            }
            throw e;
        }
        return targets(open);
    }

    private Watches open() throws SourceException {
        Watches opened;
        try {
            opened = new Watches(clients.get(), () -> observers.forEach(Runnable::run));
        } catch (RuntimeException e) {
            throw new SourceException("no client of the cluster can be made: " + e.getMessage(), e);
        }
        String selector = discovery.labelSelector();
        List<@Nullable String> namespaces = new ArrayList<>(discovery.namespaces());
        boolean isNode = discovery.role() == Discovery.Kubernetes.Role.NODE;
        if (namespaces.isEmpty() || isNode) {
            namespaces = java.util.Collections.singletonList(null);
        }
        for (String namespace : namespaces) {
            switch (discovery.role()) {
                case SERVICE -> opened.add(Service.class, namespace, selector);
                case INGRESS -> opened.add(Ingress.class, namespace, selector);
                case NODE -> opened.add(Node.class, null, selector);
                case ENDPOINTSLICE -> {
                    opened.add(EndpointSlice.class, namespace, selector);
                    opened.add(Service.class, namespace, null);
                }
            }
        }
        opened.start();
        return opened;
    }

    private List<Map<String, String>> targets(Watches open) {
        List<Map<String, String>> targets = new ArrayList<>();
        switch (discovery.role()) {
            case SERVICE ->
                    open.objects(Service.class)
                            .forEach(each -> targets.addAll(ObjectTargets.of(each)));
            case INGRESS ->
                    open.objects(Ingress.class)
                            .forEach(each -> targets.addAll(ObjectTargets.of(each)));
            case NODE ->
                    open.objects(Node.class)
                            .forEach(each -> targets.addAll(ObjectTargets.of(each)));
            case ENDPOINTSLICE -> {
                Map<String, Map<String, String>> services = new HashMap<>();
                open.objects(Service.class)
                        .forEach(
                                each ->
                                        services.put(
                                                key(each, each.getMetadata().getName()),
                                                annotations(each)));
                open.objects(EndpointSlice.class)
                        .forEach(
                                slice ->
                                        targets.addAll(
                                                ObjectTargets.of(
                                                        slice, ofService(slice, services))));
            }
        }
        return targets;
    }

    private static Map<String, String> ofService(
            EndpointSlice slice, Map<String, Map<String, String>> services) {
        String name = ObjectLabels.orEmpty(slice.getMetadata().getLabels()).get(SERVICE_NAME);
        return name == null ? Map.of() : services.getOrDefault(key(slice, name), Map.of());
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return ObjectLabels.orEmpty(object.getMetadata().getAnnotations());
    }

    private static String key(HasMetadata object, String name) {
        return Objects.toString(object.getMetadata().getNamespace(), "") + "/" + name;
    }

    @Override
    public void close() {
        Watches open = watches;
        if (open != null) {
            open.close();
        }
    }
}
