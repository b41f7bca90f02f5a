package dev.sonde.blackbox.modules;

import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.PemSource;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.probe.spec.TlsVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `tls_config` of a module, with the fields of blackbox_exporter. Files are read when a probe
/// runs.
record TlsSection(
        @Nullable String ca,
        @Nullable String caFile,
        @Nullable String caRef,
        @Nullable String cert,
        @Nullable String certFile,
        @Nullable String certRef,
        @Nullable String key,
        @Nullable String keyFile,
        @Nullable String keyRef,
        @Nullable String serverName,
        @Nullable String insecureSkipVerify,
        @Nullable String minVersion,
        @Nullable String maxVersion) {

    private static final String VERSIONS = "one of TLS10, TLS11, TLS12, TLS13";

    /// An empty field counts as absent.
    TlsSection {
        ca = given(ca);
        caFile = given(caFile);
        caRef = given(caRef);
        cert = given(cert);
        certFile = given(certFile);
        certRef = given(certRef);
        key = given(key);
        keyFile = given(keyFile);
        keyRef = given(keyRef);
        serverName = given(serverName);
        minVersion = given(minVersion);
        maxVersion = given(maxVersion);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /// Refuses what blackbox_exporter does not load either.
    ///
    /// @throws IllegalArgumentException with a sentence that names the field
    void check() {
        requireAtMostOne("ca, ca_file, ca_ref", ca, caFile, caRef);
        requireAtMostOne("cert, cert_file, cert_ref", cert, certFile, certRef);
        requireAtMostOne("key, key_file, key_ref", key, keyFile, keyRef);
        boolean hasCertificate = count(cert, certFile, certRef) > 0;
        if (hasCertificate != count(key, keyFile, keyRef) > 0) {
            throw wrong(hasCertificate ? "key" : "cert", "a certificate and its key go together");
        }
        var _ = isInsecure();
        var _ = version("min_version", minVersion);
        var _ = version("max_version", maxVersion);
    }

    private static void requireAtMostOne(String names, @Nullable String... values) {
        if (count(values) > 1) {
            throw new IllegalArgumentException("tcp.tls_config: at most one of " + names);
        }
    }

    private static long count(@Nullable String... values) {
        return Stream.of(values).filter(Objects::nonNull).count();
    }

    /// The reason why this section is not supported; null when it is.
    @Nullable String unsupported() {
        if (caRef != null || certRef != null || keyRef != null) {
            return "tls_config: a secret manager (ca_ref, cert_ref, key_ref)";
        }
        if ("TLS10".equals(maxVersion) || "TLS11".equals(maxVersion)) {
            return "tls_config.max_version: " + maxVersion;
        }
        if ("TLS13".equals(minVersion) && "TLS12".equals(maxVersion)) {
            return "tls_config.min_version: newer than max_version";
        }
        return serverName == null || isName(serverName)
                ? null
                : "tls_config.server_name: what is no name";
    }

    private static boolean isName(String text) {
        try {
            var _ = new Target(text, 1);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The settings of this section, if all of it is supported. Versions before TLS 1.2 are not
    /// offered.
    TlsSettings settings() {
        return new TlsSettings(
                serverName,
                List.of(),
                version("min_version", minVersion),
                version("max_version", maxVersion),
                trust(),
                identity());
    }

    private TlsTrust trust() {
        if (isInsecure()) {
            return new TlsTrust.Insecure();
        }
        if (ca != null) {
            return new TlsTrust.Bundle(ca);
        }
        return caFile == null ? new TlsTrust.Host() : new TlsTrust.BundleFile(Path.of(caFile));
    }

    private @Nullable ClientIdentity identity() {
        PemSource chain = source(cert, certFile);
        PemSource own = source(key, keyFile);
        return chain == null || own == null ? null : new ClientIdentity.Given(chain, own);
    }

    private static @Nullable PemSource source(@Nullable String text, @Nullable String file) {
        if (text != null) {
            return new PemSource.Text(text);
        }
        return file == null ? null : new PemSource.InFile(Path.of(file));
    }

    private boolean isInsecure() {
        return TcpSection.flag("tcp.tls_config.insecure_skip_verify", insecureSkipVerify, false);
    }

    private static @Nullable TlsVersion version(String field, @Nullable String text) {
        return switch (text) {
            case null -> null;
            case "TLS10", "TLS11" -> null;
            case "TLS12" -> TlsVersion.TLS_1_2;
            case "TLS13" -> TlsVersion.TLS_1_3;
            default -> throw wrong(field, VERSIONS);
        };
    }

    private static IllegalArgumentException wrong(String field, String message) {
        return new IllegalArgumentException("tcp.tls_config." + field + ": " + message);
    }

    /// Never a key.
    @Override
    public String toString() {
        return "TlsSection[serverName=" + serverName + "]";
    }
}
