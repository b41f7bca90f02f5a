package dev.sonde.definition;

import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ProbeForm;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads one probe of a document. Safe for any thread.
record ProbeSection(JsonMapper mapper, ProbeModules modules, CertificateAuthority authority) {

    /// @param merged with the defaults filled in
    /// @throws InvalidRequestException with all that is wrong
    /// @throws tools.jackson.core.JacksonException where a field is unknown or of another type
    ProbeSpec read(ObjectNode merged) {
        requireNotPaused(merged);
        ProbeSpec spec =
                mapper.treeToValue(merged, ProbeForm.class).toSpec(modules, new InvalidFields());
        for (StepSettings step : spec.settings().steps()) {
            if (step instanceof TlsSettings tls
                    && tls.client() instanceof ClientIdentity.Issued(String certificate)
                    && authority.find(certificate).isEmpty()) {
                throw invalid(
                        InvalidField.of(
                                "settings.tls.clientCertificate",
                                certificate,
                                "no certificate has this name; POST /api/v1/certificates issues"
                                        + " one"));
            }
        }
        return spec;
    }

    /// Refuses the fields that no probe has. The values of a template's labels are not known yet.
    void requireReadable(ObjectNode template) {
        requireNotPaused(template);
        ObjectNode fields = template.deepCopy();
        fields.remove("name");
        var _ = mapper.treeToValue(fields, ProbeForm.class);
    }

    private static void requireNotPaused(ObjectNode probe) {
        if (probe.has("paused")) {
            throw invalid(
                    InvalidField.of(
                            "paused",
                            null,
                            "is kept outside of documents; PATCH of the probe sets it"));
        }
    }

    private static InvalidRequestException invalid(InvalidField field) {
        return new InvalidRequestException(List.of(field));
    }
}
