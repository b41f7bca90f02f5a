package dev.sonde.definition.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The targets of one object: none where its annotations do not ask for a probe.
final class ObjectTargets {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int KUBELET = 10250;

    /// Of an external name that has no port of its own.
    private static final int NO_PORT = 0;

    private ObjectTargets() {}

    static List<Map<String, String>> of(Service service) {
        ObjectLabels labels = ObjectLabels.of("service", service, Map.of());
        List<Map<String, String>> targets = new ArrayList<>();
        if (!labels.isProbed() || service.getSpec() == null) {
            return targets;
        }
        String external = service.getSpec().getExternalName();
        String host =
                external != null && !external.isEmpty()
                        ? external
                        : "%s.%s.svc"
                                .formatted(
                                        service.getMetadata().getName(),
                                        service.getMetadata().getNamespace());
        List<ServicePort> ports = orEmpty(service.getSpec().getPorts());
        for (ServicePort port : ports) {
            if (isTcp(port.getProtocol()) && isWanted(labels, port.getPort(), port.getName())) {
                targets.add(labels.target(host, port.getPort(), port.getName()));
            }
        }
        if (ports.isEmpty()) {
            int port = number(labels, NO_PORT);
            if (port != NO_PORT) {
                targets.add(labels.target(host, port, null));
            }
        }
        return targets;
    }

    /// @param annotations of the slice's service
    static List<Map<String, String>> of(EndpointSlice slice, Map<String, String> annotations) {
        ObjectLabels labels = ObjectLabels.of("endpointslice", slice, annotations);
        List<Map<String, String>> targets = new ArrayList<>();
        if (!labels.isProbed()) {
            return targets;
        }
        for (Endpoint endpoint : orEmpty(slice.getEndpoints())) {
            if (endpoint.getConditions() != null
                    && Boolean.FALSE.equals(endpoint.getConditions().getReady())) {
                continue;
            }
            for (EndpointPort port : orEmpty(slice.getPorts())) {
                if (port.getPort() != null
                        && isTcp(port.getProtocol())
                        && isWanted(labels, port.getPort(), port.getName())) {
                    orEmpty(endpoint.getAddresses())
                            .forEach(
                                    address ->
                                            targets.add(
                                                    labels.target(
                                                            address,
                                                            port.getPort(),
                                                            port.getName())));
                }
            }
        }
        return targets;
    }

    static List<Map<String, String>> of(Ingress ingress) {
        ObjectLabels labels = ObjectLabels.of("ingress", ingress, Map.of());
        List<Map<String, String>> targets = new ArrayList<>();
        if (!labels.isProbed() || ingress.getSpec() == null) {
            return targets;
        }
        Set<String> secure = new HashSet<>();
        for (IngressTLS tls : orEmpty(ingress.getSpec().getTls())) {
            secure.addAll(orEmpty(tls.getHosts()));
        }
        for (IngressRule rule : orEmpty(ingress.getSpec().getRules())) {
            String host = rule.getHost();
            if (host != null && !host.isEmpty() && !host.startsWith("*")) {
                int usual = secure.contains(host) ? HTTPS : HTTP;
                targets.add(labels.target(host, number(labels, usual), null));
            }
        }
        return targets;
    }

    static List<Map<String, String>> of(Node node) {
        ObjectLabels labels = ObjectLabels.of("node", node, Map.of());
        List<Map<String, String>> targets = new ArrayList<>();
        if (labels.isProbed() && node.getStatus() != null) {
            for (NodeAddress address : orEmpty(node.getStatus().getAddresses())) {
                if ("InternalIP".equals(address.getType())) {
                    targets.add(labels.target(address.getAddress(), number(labels, KUBELET), null));
                }
            }
        }
        return targets;
    }

    private static boolean isTcp(@Nullable String protocol) {
        return protocol == null || protocol.equals("TCP");
    }

    private static boolean isWanted(ObjectLabels labels, int port, @Nullable String name) {
        String wanted = labels.port();
        return wanted == null || wanted.equals(Integer.toString(port)) || wanted.equals(name);
    }

    private static int number(ObjectLabels labels, int usual) {
        String wanted = labels.port();
        return wanted != null && wanted.matches("[0-9]{1,5}") ? Integer.parseInt(wanted) : usual;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }
}
