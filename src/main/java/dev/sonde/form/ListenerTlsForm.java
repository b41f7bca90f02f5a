package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.tls.ClientAuth;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.CertificateSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The TLS handshake of a listener's connections, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ListenerTls",
        description =
                "A TLS handshake as the server, before the behaviour or at a step of its "
                        + "dialogue with startTls. The behaviour then continues inside TLS. Not "
                        + "for behaviours that accept nothing.")
public record ListenerTlsForm(
        @Schema(
                        description =
                                "The name of a server's certificate of the built-in authority",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "server-a")
                @Nullable String certificate,
        @Schema(
                        description =
                                "Whether a client is asked for a certificate, and has to have one, that the"
                                        + " built-in authority vouches for",
                        allowableValues = {"none", "want", "need"},
                        defaultValue = "none")
                @Nullable String clientAuth,
        @Schema(
                        description =
                                "Protocols that are spoken (ALPN), the preferred one first; none is agreed"
                                        + " on when absent",
                        example = "[\"h2\", \"http/1.1\"]")
                @Nullable List<@Nullable String> alpn,
        @Schema(description = "A deliberate fault of the handshake, for tests of clients")
                @Nullable ListenerTlsFaultForm fault) {

    public static @Nullable ListenerTlsForm of(@Nullable TlsServerSettings settings) {
        return settings == null
                ? null
                : new ListenerTlsForm(
                        settings.certificate(),
                        settings.clientAuth().name().toLowerCase(Locale.ROOT),
                        settings.alpn().isEmpty() ? null : new ArrayList<>(settings.alpn()),
                        ListenerTlsFaultForm.of(settings.fault()));
    }

    public @Nullable TlsServerSettings toSettings(InvalidFields invalid) {
        String name = invalid.read("tls.certificate", certificate, CertificateSpec::requireName);
        if (certificate == null) {
            invalid.add("tls.certificate", null, "the name of a server's certificate is expected");
        }
        ClientAuth asked = invalid.word("tls.clientAuth", clientAuth, ClientAuth.NONE);
        List<String> protocols = TlsForm.protocols("tls", alpn, invalid);
        var wrong = fault == null ? null : fault.toFault(invalid);
        if (name == null) {
            return null;
        }
        try {
            return new TlsServerSettings(name, asked, protocols, wrong);
        } catch (IllegalArgumentException e) {
            invalid.add("tls.alpn", null, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
