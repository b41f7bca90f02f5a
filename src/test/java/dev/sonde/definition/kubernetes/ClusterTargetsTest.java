package dev.sonde.definition.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.definition.source.Discovery;
import dev.sonde.definition.source.Discovery.Kubernetes.Role;
import dev.sonde.definition.source.SourceException;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Targets of a cluster that its mock server stands for.
@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway") // a null fails the test
class ClusterTargetsTest {

    private static final Map<String, String> PROBED = Map.of("sonde.dev/probe", "true");

    KubernetesMockServer server;
    KubernetesClient client;
    private @Nullable ClusterTargets targets;

    @AfterEach
    void close() {
        if (targets != null) {
            targets.close();
        }
    }

    private ClusterTargets open(Role role, List<String> namespaces, @Nullable String selector) {
        targets =
                new ClusterTargets(
                        new Discovery.Kubernetes(role, namespaces, selector),
                        server::createClient,
                        Duration.ofMinutes(1));
        return targets;
    }

    private static ObjectMetaBuilder meta(String name, Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("shop")
                .withAnnotations(annotations);
    }

    private static Service service(String name, Map<String, String> annotations) {
        return new ServiceBuilder()
                .withMetadata(meta(name, annotations).addToLabels("app.io/team", "pay").build())
                .withNewSpec()
                .addNewPort()
                .withName("sql")
                .withPort(5432)
                .endPort()
                .addNewPort()
                .withName("web")
                .withPort(80)
                .endPort()
                .addNewPort()
                .withPort(53)
                .withProtocol("UDP")
                .endPort()
                .endSpec()
                .build();
    }

    private static List<String> addresses(ClusterTargets open) throws SourceException {
        return open.find().stream().map(each -> each.get("__address__")).sorted().toList();
    }

    @Test
    void aServiceIsATargetWhenItsAnnotationSaysSo() throws Exception {
        client.resource(service("db", PROBED)).create();
        client.resource(service("quiet", Map.of("sonde.dev/probe", "false"))).create();
        client.resource(
                        service(
                                "one",
                                Map.of(
                                        "sonde.dev/probe", "true",
                                        "sonde.dev/port", "web",
                                        "sonde.dev/interval", "5s",
                                        "sonde.dev/module", "tcp_connect")))
                .create();
        ClusterTargets open = open(Role.SERVICE, List.of(), null);
        assertThat(addresses(open))
                .containsExactly("db.shop.svc:5432", "db.shop.svc:80", "one.shop.svc:80");
        assertThat(open.find().stream().filter(it -> it.containsKey("__interval__")).findFirst())
                .hasValueSatisfying(
                        labels ->
                                assertThat(labels)
                                        .containsEntry("__interval__", "5s")
                                        .containsEntry("__module__", "tcp_connect")
                                        .containsEntry("__meta_kubernetes_namespace", "shop")
                                        .containsEntry("__meta_kubernetes_service_name", "one")
                                        .containsEntry("__meta_kubernetes_port_name", "web")
                                        .containsEntry(
                                                "__meta_kubernetes_service_label_app_io_team",
                                                "pay"));
    }

    @Test
    void aChangeIsToldWhenAServiceComesAndGoes() throws Exception {
        ClusterTargets open = open(Role.SERVICE, List.of("shop"), "app.io/team=pay");
        AtomicInteger changes = new AtomicInteger();
        open.onChange(changes::incrementAndGet);
        assertThat(open.find()).isEmpty();
        client.resource(service("db", PROBED)).create();
        await().until(() -> changes.get() >= 1 && addresses(open).size() == 2);
        client.resource(service("db", PROBED)).delete();
        await().until(() -> changes.get() >= 2 && addresses(open).isEmpty());
    }

    @Test
    void theReadyEndpointsOfAProbedServiceAreTargets() throws Exception {
        client.resource(service("db", PROBED)).create();
        client.resource(
                        new EndpointSliceBuilder()
                                .withMetadata(
                                        meta("db-x", Map.of())
                                                .addToLabels("kubernetes.io/service-name", "db")
                                                .build())
                                .withAddressType("IPv4")
                                .addNewEndpoint()
                                .withAddresses("10.0.0.1", "fd00::1")
                                .endEndpoint()
                                .addNewEndpoint()
                                .withAddresses("10.0.0.2")
                                .withNewConditions()
                                .withReady(false)
                                .endConditions()
                                .endEndpoint()
                                .addNewPort()
                                .withPort(5432)
                                .endPort()
                                .build())
                .create();
        assertThat(addresses(open(Role.ENDPOINTSLICE, List.of(), null)))
                .containsExactly("10.0.0.1:5432", "[fd00::1]:5432");
    }

    @Test
    void anIngressHasATargetForEachHost() throws Exception {
        client.resource(
                        new IngressBuilder()
                                .withMetadata(meta("shop", PROBED).build())
                                .withNewSpec()
                                .addNewTl()
                                .withHosts("shop.example")
                                .endTl()
                                .addNewRule()
                                .withHost("shop.example")
                                .endRule()
                                .addNewRule()
                                .withHost("plain.example")
                                .endRule()
                                .addNewRule()
                                .withHost("*.example")
                                .endRule()
                                .endSpec()
                                .build())
                .create();
        assertThat(addresses(open(Role.INGRESS, List.of(), null)))
                .containsExactly("plain.example:80", "shop.example:443");
    }

    @Test
    void aNodeIsATargetAtItsInternalAddress() throws Exception {
        client.resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName("n1")
                                .withAnnotations(
                                        Map.of("sonde.dev/probe", "true", "sonde.dev/port", "22"))
                                .endMetadata()
                                .withNewStatus()
                                .addNewAddress("10.1.1.1", "InternalIP")
                                .addNewAddress("n1", "Hostname")
                                .endStatus()
                                .build())
                .create();
        assertThat(addresses(open(Role.NODE, List.of("ignored"), null)))
                .containsExactly("10.1.1.1:22");
    }

    @Test
    void theReadingFailsWhenTheServerCannotBeReached() {
        ClusterTargets open =
                new ClusterTargets(
                        new Discovery.Kubernetes(Role.SERVICE, List.of(), null),
                        () ->
                                new KubernetesClientBuilder()
                                        .withConfig(
                                                new ConfigBuilder()
                                                        .withMasterUrl("http://127.0.0.1:1")
                                                        .build())
                                        .build(),
                        Duration.ofMillis(100));
        targets = open;
        assertThatThrownBy(open::find)
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("the Kubernetes API server: ");
    }
}
