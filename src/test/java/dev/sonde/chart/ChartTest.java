package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The chart, linted and rendered with every feature on and off.
class ChartTest {

    static final String EVERYTHING = Chart.values("everything");

    @Test
    void nothingIsFoundWhenTheChartIsLinted() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        assertThat(result.getMessages()).noneMatch(line -> line.contains("[WARNING]"));
    }

    @Test
    void theDefaultsMakeOneSecuredPodWithAVolumeAndNothingElse() {
        List<HasMetadata> resources = Chart.render("");
        assertThat(resources.stream().map(HasMetadata::getKind))
                .containsExactlyInAnyOrder(
                        "ServiceAccount",
                        "Secret",
                        "Secret",
                        "Secret",
                        "ConfigMap",
                        "Service",
                        "Service",
                        "StatefulSet");
        StatefulSet set = Chart.one(resources, StatefulSet.class);
        assertThat(set.getSpec().getReplicas()).isEqualTo(1);
        assertThat(set.getSpec().getVolumeClaimTemplates()).hasSize(1);
        assertThat(set.getSpec().getServiceName()).isEqualTo("tcp-sonde-pods");
    }

    @Test
    void thePodIsConfinedWhenNothingIsSaidOfIt() {
        PodSpec pod = Chart.pod(Chart.render(""));
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10_001);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        Container container = pod.getContainers().getFirst();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
    }

    @Test
    void theTokenFitsItsHashWhenTheChartMakesIt() throws Exception {
        List<HasMetadata> resources = Chart.render("");
        String hashes =
                Chart.named(resources, Secret.class, "tcp-sonde-tokens")
                        .getStringData()
                        .get("tokens.yaml");
        assertThat(hashes).contains("role: admin", "role: viewer", "role: prober");
        for (Secret secret : Chart.all(resources, Secret.class)) {
            String token = secret.getStringData().get("token");
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            assertThat(token).hasSize(48);
            assertThat(hashes).contains(HexFormat.of().formatHex(hash));
        }
    }

    @Test
    void everyResourceIsValidWhenEveryFeatureIsOn() {
        List<HasMetadata> resources = Chart.render(EVERYTHING);
        assertThat(resources.stream().map(HasMetadata::getKind))
                .contains(
                        "Ingress",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "ServiceMonitor",
                        "PrometheusRule");
        assertThat(Chart.all(resources, ConfigMap.class)).hasSize(5);
        assertThat(Chart.one(resources, Ingress.class).getSpec().getRules()).hasSize(2);
        assertThat(Chart.one(resources, PodDisruptionBudget.class).getSpec().getMinAvailable())
                .isNotNull();
        assertThat(
                        Chart.pod(resources)
                                .getTopologySpreadConstraints()
                                .getFirst()
                                .getLabelSelector())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tls: {existingSecret: a}",
                "modules: 'modules: {}'",
                "ingress: {enabled: true}",
                "listeners: {enabled: true}",
                "networkPolicy: {enabled: true}",
                "podDisruptionBudget: {enabled: true}",
                "serviceMonitor: {enabled: true, credentials: {name: a, key: b}}",
                "prometheusRule: {enabled: true}",
                "dashboard: {enabled: true}",
                "persistence: {enabled: false}",
                "persistence: {storageClass: '-'}",
                "security: {open: true}",
                "kind: DaemonSet",
                "secretConfig: true",
                "{secretConfig: true, config: {modules: {a: {prober: tcp}}}}",
                "config: {modules: {tcp_connect: {prober: tcp, timeout: 5s}}}",
                "definitions: {probes: {a: {target: 'a:1', interval: 10s}}}",
                "{secretConfig: true, definitions: {listeners: {a: {bind: '127.0.0.1:0', behaviour: {type: echo}}}}}",
                "definitions: {existingConfigMap: own}",
                "definitions: {sources: [{kubernetes: {role: service}}], rbac: {create: true}}",
                "notifications: {receivers: [{name: am, type: alertmanager, urls: ['http://a:9093/']}]}",
                "{secretConfig: true, notifications: {receivers: [{name: ops, type: webhook, url: 'https://a/b', secret: c}]}}",
                "modulesExistingConfigMap: modules",
                "modulesExistingSecret: modules",
                "persistence: {existingClaim: own}",
                "serviceAccount: {create: false}",
                "servicePerReplica: {enabled: true}",
                "route: {main: {enabled: true}}",
                "verticalPodAutoscaler: {enabled: true}",
                "hostNetwork: true",
                "extraEnv: {HTTP_PROXY: a}",
                "strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}",
                "namespaceOverride: other",
                "serviceMonitor: {enabled: true, selfMonitor: {enabled: false}, targets: [{name: a, url: 'a:1'}]}",
                "security: {existingSecret: a}",
                "security: {jwt: {issuerUri: https://id.example.org, audiences: [sonde]}}",
                "{database: {url: jdbc:postgresql://db/sonde, existingSecret: a}, authority: {existingSecret: b}}",
                "replicas: 0",
                "{replicas: 3, database: {url: jdbc:postgresql://db/sonde}, authority: {existingSecret: b}}",
                "authority: {existingSecret: b}",
                "fullnameOverride: other"
            })
    void everyResourceIsValidWhenOneFeatureIsOn(String values) {
        assertThat(Chart.render(values)).hasSizeGreaterThan(3);
    }

    @Test
    void theConfigurationSaysWhatTheValuesSay() {
        assertThat(Chart.configuration(Chart.render(EVERYTHING)).toString())
                .contains("binds={allow=[0.0.0.0/0:20000-20002, [::/0]:20000-20002]}")
                .contains("allow=[10.0.0.0/8, 192.0.2.10:443, [2001:db8::/32]:8000-8010]")
                .contains("engine={in-flight=100}", "bundle=web", "reload-on-update=true")
                .contains("file=/etc/sonde/modules/modules.yaml");
    }

    @Test
    void definitionsAreMountedAndNamedWhenThereAreSome() {
        String values =
                "definitions: {defaults: {probe: {interval: 10s}}, probes: {a: {target: 'a:1'}}}";
        List<HasMetadata> resources = Chart.render(values);
        assertThat(Chart.configuration(resources).toString())
                .contains("definitions={files=[/etc/sonde/definitions]}");
        assertThat(resources.toString()).contains("definitions.yaml", "target: a:1");
    }

    @Test
    void sourcesStandInTheDocumentAndNoRoleIsMadeWithoutAWord() {
        String values = "definitions: {sources: [{kubernetes: {role: service}}]}";
        List<HasMetadata> resources = Chart.render(values);
        assertThat(resources.toString())
                .contains("role: service")
                .doesNotContain("rbac:", "kind=ClusterRole");
        assertThat(Chart.pod(resources).getAutomountServiceAccountToken()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"[], ClusterRole, 1", "'[shop, pay]', Role, 2"})
    void theRoleReadsWhatSourcesNeed(String namespaces, String kind, int number) {
        String values = "definitions: {rbac: {create: true, namespaces: %s}}".formatted(namespaces);
        List<HasMetadata> resources = Chart.render(values);
        List<HasMetadata> roles =
                resources.stream().filter(each -> each.getKind().equals(kind)).toList();
        assertThat(roles).hasSize(number);
        assertThat(roles.getFirst().toString())
                .contains("services", "endpointslices", "ingresses", "watch")
                .doesNotContain("secrets", "update", "create");
        assertThat(resources.stream().filter(each -> each.getKind().equals(kind + "Binding")))
                .hasSize(number);
        assertThat(Chart.pod(resources).getAutomountServiceAccountToken()).isTrue();
    }

    @Test
    void egressFollowsThePolicyWhenItAllowsSomething() {
        NetworkPolicy policy = Chart.one(Chart.render(EVERYTHING), NetworkPolicy.class);
        assertThat(policy.getSpec().getEgress()).hasSize(5);
        assertThat(policy.toString())
                .contains("cidr=192.0.2.10/32", "cidr=2001:db8::/32", "cidr=10.0.0.0/8")
                .contains("except=[10.9.0.0/16]", "except=[2001:db8:9::/48]");
        var range = policy.getSpec().getEgress().get(3).getPorts().getFirst();
        assertThat(range.getPort().getIntVal()).isEqualTo(8_000);
        assertThat(range.getEndPort()).isEqualTo(8_010);
    }

    @Test
    void egressLeavesOutWhatThePolicyDeniesWhenItAllowsAnything() {
        String values =
                "{networkPolicy: {enabled: true}, policy: {deny: [10.9.0.0/16, '10.8.0.0/16:22']}}";
        NetworkPolicy policy = Chart.one(Chart.render(values), NetworkPolicy.class);
        assertThat(policy.getSpec().getEgress().get(1).getTo().getFirst().getIpBlock().getExcept())
                .containsExactly("169.254.0.0/16", "10.9.0.0/16");
    }

    @Test
    void receiversStandInASecretAndTheirAddressesInEgress() {
        List<HasMetadata> resources =
                Chart.render(
                        "{secretConfig: true, policy: {allow: [10.0.0.0/8]},"
                                + " networkPolicy: {enabled: true, receivers: ['192.0.2.7:443', 2001:db8::/64]},"
                                + " notifications: {receivers: [{name: ops, type: webhook, url: 'https://a/abc'}]}}");
        assertThat(Chart.all(resources, ConfigMap.class)).isEmpty();
        assertThat(Chart.named(resources, Secret.class, "tcp-sonde-config").getStringData())
                .hasEntrySatisfying(
                        "application.yaml", it -> assertThat(it).contains("url: https://a/abc"));
        List<NetworkPolicyEgressRule> egress =
                Chart.one(resources, NetworkPolicy.class).getSpec().getEgress();
        assertThat(egress.subList(egress.size() - 2, egress.size()))
                .extracting(
                        it -> it.getTo().getFirst().getIpBlock().getCidr(),
                        it -> it.getPorts().getFirst().getPort().getIntVal(),
                        it -> it.getPorts().getFirst().getEndPort())
                .containsExactly(
                        tuple("192.0.2.7/32", 443, 443), tuple("2001:db8::/64", 1, 65_535));
    }

    @Test
    void thePodIsADeploymentWithoutVolumeWhenADatabaseIsNamed() {
        List<HasMetadata> resources =
                Chart.render(
                        "{database: {url: 'jdbc:postgresql://db/sonde', existingSecret: pg},"
                                + " authority: {existingSecret: key}}");
        Deployment deployment = Chart.one(resources, Deployment.class);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(deployment.toString()).contains("SPRING_DATASOURCE_PASSWORD");
        assertThat(Chart.all(resources, Service.class)).hasSize(1);
    }

    @Test
    void replicasShareADatabaseAndTrustEachOtherAloneWhenThereAreSeveral() {
        List<HasMetadata> resources =
                Chart.render(
                        "{replicas: 3, database: {url: 'jdbc:postgresql://db/sonde'}, authority: {existingSecret: key},"
                                + " networkPolicy: {enabled: true, extraEgress: [{to: [{podSelector: {}}]}]},"
                                + " policy: {allow: [10.0.0.0/8]}}");
        assertThat(Chart.one(resources, StatefulSet.class).getSpec().getReplicas()).isEqualTo(3);
        assertThat(Chart.one(resources, StatefulSet.class).getSpec().getVolumeClaimTemplates())
                .isEmpty();
        assertThat(Chart.pod(resources).toString())
                .contains("SONDE_CLUSTER_BIND_ADDRESS", "status.podIP", "/etc/sonde/members");
        assertThat(Chart.all(resources, PodDisruptionBudget.class)).hasSize(1);
        Secret members =
                Chart.all(resources, Secret.class).stream()
                        .filter(secret -> secret.getMetadata().getName().endsWith("-members"))
                        .findFirst()
                        .orElseThrow();
        assertThat(members.getData()).containsOnlyKeys("ca.crt", "tls.crt", "tls.key");
        assertThat(members.getData().get("tls.crt")).satisfies(ChartTest::hasMembersName);
        NetworkPolicy policy = Chart.one(resources, NetworkPolicy.class);
        assertThat(policy.getSpec().getIngress().get(1).getFrom().getFirst().getPodSelector())
                .isEqualTo(policy.getSpec().getPodSelector());
        assertThat(policy.getSpec().getEgress().getFirst().getTo().getFirst().getPodSelector())
                .isEqualTo(policy.getSpec().getPodSelector());
        assertThat(policy.getSpec().getIngress().get(1).getPorts().toString())
                .isEqualTo(policy.getSpec().getEgress().getFirst().getPorts().toString())
                .contains("members", "forward");
        assertThat(Chart.configuration(resources).toString())
                .contains("tls-bundle=members", "certificate=/etc/sonde/members/ca.crt")
                .contains("members={keystore", "reload-on-update=true")
                .contains("enabled=true", "port=7800", "forward-port=7801");
    }

    /// The default of `sonde.cluster.members-name`.
    private static void hasMembersName(String encoded) throws CertificateException {
        InputStream pem = new ByteArrayInputStream(Base64.getDecoder().decode(encoded));
        X509Certificate own =
                (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        assertThat(own.getSubjectAlternativeNames()).contains(List.of(2, "sonde-members"));
    }

    @Test
    void replicasShowTheSecretThatIsThereWhenOneIsNamed() {
        List<HasMetadata> resources =
                Chart.render(
                        "{replicas: 2, database: {url: 'jdbc:postgresql://db/sonde'}, cluster:"
                                + " {existingSecret: own}, authority: {existingSecret: key}}");
        assertThat(Chart.all(resources, Secret.class)).hasSize(3);
        assertThat(Chart.pod(resources).getVolumes())
                .anyMatch(
                        volume ->
                                volume.getName().equals("members")
                                        && volume.getSecret().getSecretName().equals("own"));
    }

    /// Values of the earlier version, in which every value was given.
    @ParameterizedTest
    @EmptySource
    @MethodSource("dev.sonde.chart.Chart#valuesNames")
    void everyResourceIsThereAfterAnUpgradeThatReusesTheValues(String name, @TempDir Path copy)
            throws IOException {
        String values = name.isEmpty() ? "" : Chart.values(name);
        assertThat(Chart.upgrade(copy, values).stream().map(ChartTest::identity))
                .containsExactlyInAnyOrderElementsOf(
                        Chart.render(values).stream().map(ChartTest::identity).toList());
    }

    private static String identity(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getName();
    }

    @Test
    void theAuthorityHasTheNamedSecretWithEitherDatabase() {
        for (String database : List.of("", "database: {url: 'jdbc:postgresql://db/sonde'}")) {
            List<HasMetadata> resources =
                    Chart.render(database + "\nauthority: {existingSecret: key}\n");
            assertThat(Chart.configuration(resources).toString())
                    .contains("authority={key-file=/etc/sonde/authority/authority.key}");
            assertThat(Chart.all(resources, Secret.class))
                    .noneMatch(each -> each.getMetadata().getName().endsWith("-authority"));
        }
        assertThat(Chart.configuration(Chart.render("")).toString()).doesNotContain("authority");
    }

    /// A copy of the chart that believes to be asked by a cluster, in which nothing is found.
    @Test
    void theAuthorityKeyIsMadeAndOutlivesTheReleaseWhenItCanBeLookedUp(@TempDir Path copy)
            throws IOException {
        Chart.copy(
                copy,
                text ->
                        text.replaceAll(
                                        "\\$?\\.Capabilities\\.APIVersions\\.Has \"v1/Secret\"",
                                        "eq 1 1")
                                .replaceAll("lookup \"v1\" \"Secret\" \\(.*\\) \\$\\w+", "dict"));
        List<HasMetadata> resources =
                Chart.render(copy, "database: {url: 'jdbc:postgresql://db/sonde'}");
        Secret made = Chart.named(resources, Secret.class, "tcp-sonde-authority");
        assertThat(Base64.getDecoder().decode(made.getStringData().get("authority.key")))
                .hasSize(32);
        assertThat(made.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep");
    }

    @Test
    void theProbesAskOverTlsWhenTheApiHasIt() {
        PodSpec pod = Chart.pod(Chart.render("tls: {existingSecret: a}"));
        Container container = pod.getContainers().getFirst();
        assertThat(container.getReadinessProbe().getHttpGet().getScheme()).isEqualTo("HTTPS");
        assertThat(container.getLivenessProbe().getHttpGet().getPath())
                .isEqualTo("/actuator/health/liveness");
    }

    @Test
    void theRulesAreThoseOfTheirFileWhenTheyAreRendered() {
        PrometheusRule rule =
                Chart.one(Chart.render("prometheusRule: {enabled: true}"), PrometheusRule.class);
        assertThat(rule.getSpec().getGroups().getFirst().getRules())
                .extracting(one -> one.getAlert())
                .contains(
                        "SondeProbeDown",
                        "SondeProbeFlapping",
                        "SondeCertificateExpiring",
                        "SondeSynLoss",
                        "SondeAcceptQueueFull",
                        "SondeScheduleLate",
                        "SondeResultsLost");
    }

    @Test
    void theNotesLeadANewcomerToTheFirstCheck() {
        String notes = Chart.installation("");
        assertThat(notes)
                .contains("rollout status statefulset/tcp-sonde")
                .contains("port-forward service/tcp-sonde 8080:8080")
                .contains("get secret tcp-sonde-tokens -o jsonpath='{.data.token}' | base64 -d")
                .contains("curl -s http://127.0.0.1:8080/api/v1/checks");
    }
}
