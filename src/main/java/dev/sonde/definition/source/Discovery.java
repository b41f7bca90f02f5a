package dev.sonde.definition.source;

import dev.sonde.start.HiddenText;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The place where a source finds its targets.
public sealed interface Discovery {

    /// The word of a document for it.
    String word();

    /// The key that distinguishes two sources of one document without names.
    String place();

    /// Files in the form of Prometheus' `file_sd`.
    ///
    /// @param patterns absolute paths, globs and directories
    /// @param roots directories that hold the files; any where absent
    record Files(List<String> patterns, @Nullable List<Path> roots) implements Discovery {

        public Files {
            patterns = List.copyOf(patterns);
            roots = roots == null ? null : List.copyOf(roots);
        }

        /// The first pattern that leads out of the directories; absent where none does.
        public @Nullable String outside() {
            return patterns.stream().filter(each -> !isInside(each)).findFirst().orElse(null);
        }

        private boolean isInside(String pattern) {
            Path path = Path.of(pattern);
            return roots == null
                    || (path.equals(path.normalize()) && roots.stream().anyMatch(path::startsWith));
        }

        @Override
        public String word() {
            return "file_sd";
        }

        @Override
        public String place() {
            return String.join(" ", patterns);
        }
    }

    /// A server that answers in the form of Prometheus' `http_sd`.
    ///
    /// @param headers of every request, by name
    record Http(
            URI url,
            @Nullable Authorization authorization,
            Map<String, List<HiddenText>> headers,
            @Nullable Tls tls)
            implements Discovery {

        public Http {
            headers = Map.copyOf(headers);
        }

        @Override
        public String word() {
            return "http_sd";
        }

        @Override
        public String place() {
            return url.toString();
        }
    }

    /// The value of the header `Authorization`.
    ///
    /// @param user of basic authentication; absent where `type` stands before the secret
    /// @param type such as `Bearer`; not used with a user
    record Authorization(@Nullable HiddenText user, String type, HiddenText secret) {}

    /// Trust and identity of a connection.
    ///
    /// @param trust authorities in PEM; the host's where absent
    /// @param serverName the name that is sent and verified; the URL's host where absent
    /// @param isInsecure whether nothing is verified
    record Tls(
            @Nullable HiddenText trust,
            @Nullable HiddenText certificate,
            @Nullable HiddenText key,
            @Nullable String serverName,
            boolean isInsecure) {}

    /// Objects of a Kubernetes cluster.
    ///
    /// @param namespaces all where empty
    /// @param labelSelector as Kubernetes reads it; everything where absent
    record Kubernetes(Role role, List<String> namespaces, @Nullable String labelSelector)
            implements Discovery {

        /// The kind of the objects.
        public enum Role {
            SERVICE,
            INGRESS,
            ENDPOINTSLICE,
            NODE
        }

        public Kubernetes {
            namespaces = List.copyOf(namespaces);
        }

        @Override
        public String word() {
            return "kubernetes";
        }

        @Override
        public String place() {
            return role + " " + namespaces + " " + labelSelector;
        }
    }
}
