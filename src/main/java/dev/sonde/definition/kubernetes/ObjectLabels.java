package dev.sonde.definition.kubernetes;

import dev.sonde.probe.spec.Target;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The labels of targets that an object has, named as Prometheus' `kubernetes_sd` names them.
///
/// @param labels what all targets of the object have in common
/// @param annotations of the object, or of the service that it belongs to
record ObjectLabels(Map<String, String> labels, Map<String, String> annotations) {

    private static final String META = "__meta_kubernetes_";
    private static final String PROBE = "sonde.dev/probe";
    private static final String PORT = "sonde.dev/port";

    /// @param role as a part of the labels' names
    /// @param inherited annotations that hold where the object has none of the name
    static ObjectLabels of(String role, HasMetadata object, Map<String, String> inherited) {
        Map<String, String> annotations = new TreeMap<>(inherited);
        annotations.putAll(orEmpty(object.getMetadata().getAnnotations()));
        Map<String, String> labels = new TreeMap<>();
        put(labels, META + "namespace", object.getMetadata().getNamespace());
        put(labels, META + role + "_name", object.getMetadata().getName());
        orEmpty(object.getMetadata().getLabels())
                .forEach((name, value) -> put(labels, META + role + "_label_" + safe(name), value));
        annotations.forEach(
                (name, value) -> put(labels, META + role + "_annotation_" + safe(name), value));
        put(labels, "__interval__", annotations.get("sonde.dev/interval"));
        put(labels, "__module__", annotations.get("sonde.dev/module"));
        return new ObjectLabels(labels, annotations);
    }

    /// Whether the object asks for a probe.
    boolean isProbed() {
        return "true".equals(annotations.get(PROBE));
    }

    /// The number or the name of the one port that is probed; null where all are.
    @Nullable String port() {
        return annotations.get(PORT);
    }

    /// The labels of one target.
    Map<String, String> target(String host, int port, @Nullable String portName) {
        Map<String, String> target = new TreeMap<>(labels);
        target.put("__address__", Target.bracketed(host) + ":" + port);
        put(target, META + "port_name", portName);
        return target;
    }

    static void put(Map<String, String> labels, String name, @Nullable String value) {
        if (value != null) {
            labels.put(name, value);
        }
    }

    static Map<String, String> orEmpty(@Nullable Map<String, String> given) {
        return given == null ? Map.of() : given;
    }

    private static String safe(String name) {
        return name.replaceAll("[^a-zA-Z0-9_]", "_");
    }
}
