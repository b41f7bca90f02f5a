package dev.sonde.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.probe.spec.TlsVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [TlsSettings] as they are kept.
///
/// @param trust `system`, `authority` or `insecure`; absent where a bundle is trusted
/// @param bundle in PEM; absent otherwise
@JsonInclude(JsonInclude.Include.NON_NULL)
record TlsRow(
        @Nullable String serverName,
        List<String> alpn,
        @Nullable TlsVersion minVersion,
        @Nullable TlsVersion maxVersion,
        @Nullable String trust,
        @Nullable String bundle,
        @Nullable String clientCertificate) {

    static TlsRow of(TlsSettings settings) {
        String word =
                switch (settings.trust()) {
                    case TlsTrust.Host _ -> "system";
                    case TlsTrust.Authority _ -> "authority";
                    case TlsTrust.Insecure _ -> "insecure";
                    case TlsTrust.Bundle _ -> null;
                    case TlsTrust.BundleFile _ -> throw ofModule();
                };
        String client =
                switch (settings.client()) {
                    case null -> null;
                    case ClientIdentity.Issued(String name) -> name;
                    case ClientIdentity.Given _ -> throw ofModule();
                };
        return new TlsRow(
                settings.serverName(),
                settings.alpn(),
                settings.minVersion(),
                settings.maxVersion(),
                word,
                settings.trust() instanceof TlsTrust.Bundle(String pem) ? pem : null,
                client);
    }

    private static IllegalStateException ofModule() {
        return new IllegalStateException("only a module has it, and of a module the name is kept");
    }

    TlsSettings toSettings() {
        return new TlsSettings(
                serverName,
                alpn,
                minVersion,
                maxVersion,
                toTrust(),
                clientCertificate == null ? null : new ClientIdentity.Issued(clientCertificate));
    }

    private TlsTrust toTrust() {
        if (bundle != null) {
            return new TlsTrust.Bundle(bundle);
        }
        return switch (String.valueOf(trust)) {
            case "system" -> new TlsTrust.Host();
            case "authority" -> new TlsTrust.Authority();
            case "insecure" -> new TlsTrust.Insecure();
            default -> throw new IllegalStateException("written by a later version: " + trust);
        };
    }
}
