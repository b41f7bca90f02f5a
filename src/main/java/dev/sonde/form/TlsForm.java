package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.trust.TrustText;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.probe.spec.TlsVersion;
import dev.sonde.tls.certificate.CertificateSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The TLS handshake of a probe, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Tls",
        description =
                "A TLS handshake on the connection. Every field is optional; none means the target's"
                        + " name, any version, and what this host trusts.")
public record TlsForm(
        @Schema(
                        description =
                                "The name that is asked for (SNI) and that the certificate has to bear;"
                                        + " the target's host when absent",
                        example = "db.example")
                @Nullable String serverName,
        @Schema(
                        description = "Protocols that are offered, the preferred one first",
                        example = "[\"h2\", \"http/1.1\"]")
                @Nullable List<@Nullable String> alpn,
        @Schema(
                        description = "The oldest version that is offered",
                        allowableValues = {"TLSv1.2", "TLSv1.3"},
                        defaultValue = "TLSv1.2")
                @Nullable String minVersion,
        @Schema(
                        description = "The newest version that is offered",
                        allowableValues = {"TLSv1.2", "TLSv1.3"},
                        defaultValue = "TLSv1.3")
                @Nullable String maxVersion,
        @Schema(
                        description =
                                "Trusted authorities: system (those of this host), authority "
                                        + "(the built-in one), insecure (nothing is verified), or "
                                        + "certificates in PEM. At most 65536 characters.",
                        pattern =
                                "^(system|authority|insecure|[\\s\\S]*-----BEGIN CERTIFICATE-----[\\s\\S]*)$",
                        defaultValue = "system",
                        example = "authority")
                @Nullable String trust,
        @Schema(
                        description =
                                "The name of a client's certificate of the built-in authority, presented"
                                        + " when the server asks for one",
                        example = "client-a")
                @Nullable String clientCertificate)
        implements StepForm {

    static @Nullable TlsForm of(List<StepSettings> steps) {
        for (StepSettings step : steps) {
            if (step instanceof TlsSettings tls) {
                return of(tls);
            }
        }
        return null;
    }

    public static TlsForm of(TlsSettings settings) {
        TlsVersion min = settings.minVersion();
        TlsVersion max = settings.maxVersion();
        String client =
                switch (settings.client()) {
                    case null -> null;
                    case ClientIdentity.Issued(String name) -> name;
                    case ClientIdentity.Given _ -> throw TrustText.ofModule();
                };
        return new TlsForm(
                settings.serverName(),
                settings.alpn().isEmpty() ? null : new ArrayList<>(settings.alpn()),
                min == null ? null : min.word(),
                max == null ? null : max.word(),
                TrustText.of(settings.trust()),
                client);
    }

    @Override
    public @Nullable StepSettings toSettings(String path, InvalidFields invalid) {
        String name =
                invalid.read(path + ".serverName", serverName, text -> new Target(text, 1).host());
        TlsVersion min = invalid.read(path + ".minVersion", minVersion, TlsForm::version);
        TlsVersion max = invalid.read(path + ".maxVersion", maxVersion, TlsForm::version);
        TlsTrust trusted =
                invalid.read(
                        path + ".trust",
                        trust,
                        text -> TrustText.read(text, invalid.isCheckedBefore()));
        String client =
                invalid.read(
                        path + ".clientCertificate",
                        clientCertificate,
                        CertificateSpec::requireName);
        List<String> protocols = protocols(path, alpn, invalid);
        try {
            return new TlsSettings(
                    name,
                    protocols,
                    min,
                    max,
                    trusted == null ? new TlsTrust.Host() : trusted,
                    client == null ? null : new ClientIdentity.Issued(client));
        } catch (IllegalArgumentException e) {
            invalid.add(path, null, String.valueOf(e.getMessage()));
            return null;
        }
    }

    public static List<String> protocols(
            String path, @Nullable List<@Nullable String> alpn, InvalidFields invalid) {
        List<String> protocols = new ArrayList<>();
        List<@Nullable String> given = alpn == null ? List.of() : alpn;
        for (String protocol : given) {
            if (protocol == null) {
                invalid.add(path + ".alpn", null, "a protocol is a text");
            } else {
                protocols.add(protocol);
            }
        }
        try {
            return TlsSettings.requireProtocols(protocols);
        } catch (IllegalArgumentException e) {
            invalid.add(path + ".alpn", null, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static TlsVersion version(String word) {
        for (TlsVersion version : TlsVersion.values()) {
            if (version.word().equals(word)) {
                return version;
            }
        }
        throw new IllegalArgumentException("one of TLSv1.2, TLSv1.3");
    }
}
