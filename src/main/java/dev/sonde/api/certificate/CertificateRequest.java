package dev.sonde.api.certificate;

import dev.sonde.form.DurationText;
import dev.sonde.form.InvalidFields;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.tls.certificate.CertificateKind;
import dev.sonde.tls.certificate.CertificateSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A certificate, as a request asks for it.
@Schema(name = "CertificateRequest", description = "A certificate to be issued")
public record CertificateRequest(
        @Schema(
                        description =
                                "1 to 63 lower-case letters, digits, \".\" and \"-\"; not \"ca\"",
                        pattern = ResourceName.PATTERN,
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "server-a")
                @Nullable String name,
        @Schema(
                        description = "Which end of a connection it is for",
                        allowableValues = {"server", "client"},
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "server")
                @Nullable String kind,
        @Schema(
                        description =
                                "Names and addresses that it vouches for, at most 100; a server's needs"
                                        + " one. A name may begin with \"*.\".",
                        example = "[\"db.example\", \"127.0.0.1\"]")
                @Nullable List<@Nullable String> hosts,
        @Schema(
                        description = "From 1s to 3650d, and no longer than the authority itself",
                        defaultValue = "90d",
                        example = "24h")
                @Nullable String validFor) {

    /// The certificate to issue.
    ///
    /// @throws InvalidRequestException with all errors
    CertificateSpec toSpec() {
        InvalidFields invalid = new InvalidFields();
        if (name == null) {
            invalid.add("name", null, "is required");
        }
        if (kind == null) {
            invalid.add("kind", null, "is required");
        }
        String readName = invalid.read("name", name, CertificateSpec::requireName);
        CertificateKind readKind = invalid.word("kind", kind, CertificateKind.SERVER);
        List<String> readHosts = readHosts(invalid);
        if (readKind == CertificateKind.SERVER && (hosts == null || hosts.isEmpty())) {
            invalid.add("hosts", null, "a server's certificate needs a host");
        }
        Duration readValidity = invalid.read("validFor", validFor, CertificateRequest::validity);
        invalid.throwIfAny();
        return new CertificateSpec(
                Objects.requireNonNull(readName),
                readKind,
                readHosts,
                readValidity == null ? CertificateSpec.USUAL_VALIDITY : readValidity);
    }

    private List<String> readHosts(InvalidFields invalid) {
        List<String> read = new ArrayList<>();
        List<@Nullable String> given = hosts == null ? List.of() : hosts;
        if (given.size() > CertificateSpec.MOST_HOSTS) {
            invalid.add("hosts", given.size(), "at most " + CertificateSpec.MOST_HOSTS);
            return read;
        }
        for (int i = 0; i < given.size(); i++) {
            String field = "hosts[" + i + "]";
            String host = given.get(i);
            if (host == null) {
                invalid.add(field, null, "is required");
            } else if (invalid.read(field, host, CertificateSpec::requireHost) != null) {
                read.add(host);
            }
        }
        return read;
    }

    private static Duration validity(String text) {
        // The range is the specification's own business.
        return new CertificateSpec(
                        "any", CertificateKind.CLIENT, List.of(), DurationText.parse(text))
                .validFor();
    }
}
