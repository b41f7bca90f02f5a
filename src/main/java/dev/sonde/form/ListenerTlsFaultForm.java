package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.tls.certificate.TlsAlert;
import dev.sonde.tls.certificate.TlsFault;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A deliberate fault of a listener's TLS handshake, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ListenerTlsFault",
        description = "A deliberate fault of a listener in its TLS handshake")
record ListenerTlsFaultForm(
        @Schema(
                        description =
                                "expired: the certificate expired a day ago; wrong_name: it bears the name"
                                        + " wrong-name.invalid; untrusted: an authority that nobody"
                                        + " knows issued it; never_ends: the client gets no answer;"
                                        + " alert: it gets an alert",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        allowableValues = {
                            "expired",
                            "wrong_name",
                            "untrusted",
                            "never_ends",
                            "alert"
                        },
                        example = "expired")
                @Nullable String type,
        @Schema(
                        description = "alert: which one, by its name in RFC 8446 section 6",
                        allowableValues = {
                            "unexpected_message",
                            "bad_record_mac",
                            "record_overflow",
                            "handshake_failure",
                            "bad_certificate",
                            "unsupported_certificate",
                            "certificate_revoked",
                            "certificate_expired",
                            "certificate_unknown",
                            "illegal_parameter",
                            "unknown_ca",
                            "access_denied",
                            "decode_error",
                            "decrypt_error",
                            "protocol_version",
                            "insufficient_security",
                            "internal_error",
                            "inappropriate_fallback",
                            "missing_extension",
                            "unsupported_extension",
                            "unrecognized_name",
                            "bad_certificate_status_response",
                            "unknown_psk_identity",
                            "certificate_required",
                            "no_application_protocol"
                        },
                        defaultValue = "handshake_failure")
                @Nullable String alert) {

    static @Nullable ListenerTlsFaultForm of(@Nullable TlsFault fault) {
        if (fault == null) {
            return null;
        }
        TlsAlert sent = fault.alert();
        return new ListenerTlsFaultForm(fault.type().label(), sent == null ? null : sent.label());
    }

    @Nullable TlsFault toFault(InvalidFields invalid) {
        if (type == null) {
            invalid.add("tls.fault.type", null, "a type is expected");
            return null;
        }
        TlsFault.Type read = invalid.word("tls.fault.type", type, TlsFault.Type.ALERT);
        TlsAlert sent = invalid.word("tls.fault.alert", alert, TlsAlert.HANDSHAKE_FAILURE);
        if (read == TlsFault.Type.ALERT) {
            return new TlsFault(read, sent);
        }
        if (alert != null) {
            invalid.add("tls.fault.alert", alert, "not a field of " + type);
        }
        return new TlsFault(read, null);
    }
}
