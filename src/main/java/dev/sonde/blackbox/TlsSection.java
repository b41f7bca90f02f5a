package dev.sonde.blackbox;

import dev.sonde.probe.TlsSettings;
import dev.sonde.probe.TlsTrust;
import dev.sonde.probe.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `tls_config` of a module, as blackbox_exporter has it.
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

    /// What of it cannot be done here; null when all can.
    @Nullable String unsupported() {
        if (isGiven(cert) || isGiven(certFile) || isGiven(certRef)) {
            return "tls_config.cert";
        }
        if (isGiven(caRef)) {
            return "tls_config.ca_ref";
        }
        return "TLS10".equals(maxVersion) || "TLS11".equals(maxVersion)
                ? "tls_config.max_version: " + maxVersion
                : null;
    }

    /// What it asks for; versions before TLS 1.2 are no longer offered.
    ///
    /// @throws IllegalArgumentException with a sentence that names the field
    TlsSettings settings() {
        return new TlsSettings(
                isGiven(serverName) ? serverName : null,
                List.of(),
                version("min_version", minVersion),
                version("max_version", maxVersion),
                trust(),
                null);
    }

    private TlsTrust trust() {
        String field = "tcp.tls_config.insecure_skip_verify";
        if (TcpSection.flag(field, insecureSkipVerify, false)) {
            return new TlsTrust.Insecure();
        }
        if (ca != null && !ca.isEmpty()) {
            return new TlsTrust.Bundle(ca);
        }
        if (caFile != null && !caFile.isEmpty()) {
            return new TlsTrust.Bundle(read(Path.of(caFile)));
        }
        return new TlsTrust.Host();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "tcp.tls_config.ca_file: " + file + " cannot be read", e);
        }
    }

    private static @Nullable TlsVersion version(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "", "TLS10", "TLS11" -> null;
            case "TLS12" -> TlsVersion.TLS_1_2;
            case "TLS13" -> TlsVersion.TLS_1_3;
            default ->
                    throw new IllegalArgumentException(
                            "tcp.tls_config." + field + ": one of TLS10, TLS11, TLS12, TLS13");
        };
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    /// Never a key.
    @Override
    public String toString() {
        return "TlsSection[serverName=" + serverName + "]";
    }
}
