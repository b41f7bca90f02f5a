package dev.sonde.chart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/// The chart, rendered and read with the models of Kubernetes, which refuse a field that does not
/// exist and a value of the wrong type.
final class Chart {

    static final Path FOLDER = Path.of("helm", "sonde");

    static final String RELEASE = "tcp";

    /// The oldest Kubernetes that the chart takes.
    static final String OLDEST = "1.30.0";

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.ofEntries(
                    Map.entry("ServiceAccount", ServiceAccount.class),
                    Map.entry("Secret", Secret.class),
                    Map.entry("ConfigMap", ConfigMap.class),
                    Map.entry("Service", Service.class),
                    Map.entry("StatefulSet", StatefulSet.class),
                    Map.entry("Deployment", Deployment.class),
                    Map.entry("Ingress", Ingress.class),
                    Map.entry("NetworkPolicy", NetworkPolicy.class),
                    Map.entry("PodDisruptionBudget", PodDisruptionBudget.class),
                    Map.entry("DaemonSet", DaemonSet.class),
                    Map.entry("HTTPRoute", HTTPRoute.class),
                    Map.entry("VerticalPodAutoscaler", GenericKubernetesResource.class),
                    Map.entry("ServiceMonitor", ServiceMonitor.class),
                    Map.entry("PrometheusRule", PrometheusRule.class),
                    Map.entry("Role", Role.class),
                    Map.entry("RoleBinding", RoleBinding.class),
                    Map.entry("ClusterRole", ClusterRole.class),
                    Map.entry("ClusterRoleBinding", ClusterRoleBinding.class),
                    Map.entry("Pod", Pod.class));

    private static final ObjectMapper STRICT =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .setAnnotationIntrospector(
                            new JacksonAnnotationIntrospector() {
                                private static final long serialVersionUID = 1L;

                                @Override
                                public Boolean hasAnySetter(Annotated annotated) {
                                    return false;
                                }
                            });

    private Chart() {}

    /// The names of the values files of the folder `ci`.
    static List<String> valuesNames() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.map(file -> file.getFileName().toString().replace("-values.yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    /// A values file of the folder `ci`.
    static String values(String name) {
        try {
            return Files.readString(FOLDER.resolve("ci", name + "-values.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param values YAML, over the chart's own
    /// @throws IllegalStateException with what Helm says, where it refuses them
    static List<HasMetadata> render(String values) {
        return read(manifest(FOLDER, values));
    }

    /// The same with the values of a release before this version, as `helm upgrade --reuse-values`
    /// takes them: without the defaults that are new.
    static List<HasMetadata> upgrade(Path copy, String values) throws IOException {
        copy(copy, text -> text);
        Files.copy(
                Path.of("src", "test", "resources", "chart-values-before.yaml"),
                copy.resolve("values.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        return render(copy, values);
    }

    /// The same of another chart.
    static List<HasMetadata> render(Path folder, String values) {
        return read(manifest(folder, values));
    }

    /// A copy of the chart with each file changed.
    static void copy(Path target, UnaryOperator<String> change) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(FOLDER.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, change.apply(Files.readString(file)));
            }
        }
    }

    /// Reads what Kubernetes itself defines with the models of another version, as [#render] does
    /// with those of the newest. The kinds of operators belong to no version of Kubernetes.
    ///
    /// @return how many resources were read
    /// @throws IllegalArgumentException naming a field that this version does not know
    static int read(String values, ClassLoader models) throws ClassNotFoundException {
        int read = 0;
        for (Object document : new Yaml().loadAll(manifest(FOLDER, values))) {
            if (document instanceof Map<?, ?> map && isOfKubernetes(map.get("apiVersion"))) {
                Class<?> kind = KINDS.get(map.get("kind").toString());
                STRICT.convertValue(document, models.loadClass(kind.getName()));
                read++;
            }
        }
        return read;
    }

    /// The groups of Kubernetes are `v1`, `apps/v1` and those below `k8s.io` without a word more.
    private static boolean isOfKubernetes(Object apiVersion) {
        return List.of("v1", "apps/v1", "policy/v1").contains(apiVersion)
                || List.of("networking.k8s.io/v1", "rbac.authorization.k8s.io/v1")
                        .contains(apiVersion);
    }

    private static List<HasMetadata> read(String manifest) {
        List<HasMetadata> resources = new ArrayList<>();
        for (Object document : new Yaml().loadAll(manifest)) {
            if (document instanceof Map<?, ?> map) {
                Class<? extends HasMetadata> kind = KINDS.get(map.get("kind").toString());
                if (kind == null) {
                    throw new IllegalStateException("an unexpected kind: " + map.get("kind"));
                }
                ObjectMapper mapper =
                        kind == GenericKubernetesResource.class ? new ObjectMapper() : STRICT;
                resources.add(mapper.convertValue(document, kind));
            }
        }
        return resources;
    }

    /// What `helm install` would print: the resources and the notes.
    static String installation(String values) {
        return installation(FOLDER, values);
    }

    /// The same of another chart.
    static String installation(Path folder, String values) {
        return withFile(
                values,
                file ->
                        new Helm(folder)
                                .install()
                                .clientOnly()
                                .dryRun()
                                .debug()
                                .withName(RELEASE)
                                .withNamespace("monitoring")
                                .withKubeVersion(OLDEST)
                                .withValuesFile(file)
                                .call()
                                .getOutput());
    }

    private static String manifest(Path folder, String values) {
        return withFile(
                values,
                file ->
                        new Helm(folder)
                                .template()
                                .withName(RELEASE)
                                .withNamespace("monitoring")
                                .withKubeVersion(OLDEST)
                                .withValuesFile(file)
                                .call());
    }

    private static String withFile(String values, Function<Path, String> work) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return work.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> configuration(List<HasMetadata> resources) {
        ConfigMap map =
                all(resources, ConfigMap.class).stream()
                        .filter(one -> one.getData().containsKey("application.yaml"))
                        .findFirst()
                        .orElseThrow();
        return new Yaml().load(map.getData().get("application.yaml"));
    }

    static PodSpec pod(List<HasMetadata> resources) {
        return one(resources, StatefulSet.class).getSpec().getTemplate().getSpec();
    }

    static <T extends HasMetadata> T named(
            List<HasMetadata> resources, Class<T> kind, String name) {
        return all(resources, kind).stream()
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static <T extends HasMetadata> List<T> all(List<HasMetadata> resources, Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static <T extends HasMetadata> T one(List<HasMetadata> resources, Class<T> kind) {
        List<T> found = all(resources, kind);
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " of " + kind.getSimpleName());
        }
        return found.getFirst();
    }
}
