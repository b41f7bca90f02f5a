package dev.sonde.api.probe;

import dev.sonde.api.body.BodyReader;
import dev.sonde.api.request.MergePatch;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.SourceAddress;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.UnreadableBodyException;
import dev.sonde.schedule.NamedSpec;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads probes: what the framework has understood of a body, patches, and the lines of a bulk
/// request. Safe for any thread.
@Component
final class ProbeReader {

    private final JsonMapper mapper;
    private final BodyReader bodies;
    private final ProbeModules modules;
    private final CertificateAuthority authority;
    private final Schedules schedules;

    ProbeReader(
            JsonMapper mapper,
            BodyReader bodies,
            ProbeModules modules,
            CertificateAuthority authority,
            Schedules schedules) {
        this.schedules = schedules;
        this.authority = authority;
        this.mapper = mapper;
        this.modules = modules;
        this.bodies = bodies;
    }

    /// A body that the framework has read.
    ///
    /// @param name the name in the request's path; null where the body has to name the probe
    /// @throws InvalidRequestException when something in it is wrong
    NamedSpec read(ProbeRequest request, @Nullable String name) {
        ProbeDefinition stored =
                schedules
                        .find(String.valueOf(name == null ? request.name() : name))
                        .map(ProbeSnapshot::definition)
                        .orElse(null);
        NamedSpec wanted = request.toNamedSpec(name, modules, keeping(stored));
        requireCertificate(wanted.spec().settings());
        return wanted;
    }

    /// Refuses a client certificate that does not exist: each run would end without asking.
    private void requireCertificate(ProbeSettings settings) {
        for (StepSettings step : settings.steps()) {
            if (step instanceof TlsSettings tls
                    && tls.client() instanceof ClientIdentity.Issued(String certificate)
                    && authority.find(certificate).isEmpty()) {
                throw new ProblemException(
                        ProblemType.NO_CERTIFICATE,
                        "settings.tls.clientCertificate: no certificate has the name \"%s\";"
                                        .formatted(certificate)
                                + " POST /api/v1/certificates issues one");
            }
        }
    }

    /// An item of a bulk request; a view may come back as it was answered.
    ///
    /// @throws JacksonException when it is not such a JSON object
    /// @throws InvalidRequestException when something in it is wrong
    NamedSpec item(JsonNode json) {
        if (!json.isObject()) {
            throw notAnObject("line");
        }
        return read(bodies.read(json, ProbeRequest.class, true), null);
    }

    /// Refuses a patch that names what is not known, or of another type, also where it would only
    /// remove it.
    ///
    /// @throws UnreadableBodyException with the field's path
    void requireReadable(@Nullable JsonNode patch) {
        if (patch == null || !patch.isObject()) {
            throw notAnObject("body");
        }
        try {
            var _ = bodies.read(patch.deepCopy(), ProbeRequest.class, false);
        } catch (JacksonException e) {
            throw new UnreadableBodyException(e);
        }
    }

    /// A definition as a patch wants it.
    ///
    /// @throws InvalidRequestException when the whole would not be valid
    ProbeSpec patched(ProbeDefinition current, JsonNode patch) {
        requireReadable(current);
        JsonNode before = mapper.valueToTree(ProbeRequest.of(current));
        ProbeRequest after =
                mapper.treeToValue(MergePatch.apply(before, patch), ProbeRequest.class);
        return patch.has("settings")
                ? read(after, current.name()).spec()
                : after.toNamedSpec(current.name(), modules, keeping(current)).spec();
    }

    /// @throws InvalidRequestException where only a part of the definition could be read
    static void requireReadable(ProbeDefinition definition) {
        String unreadable = definition.spec().unreadable();
        if (unreadable != null) {
            throw new InvalidRequestException(
                    List.of(InvalidField.of("settings", null, unreadable)));
        }
    }

    /// The stored addresses, whose interfaces need not exist now.
    private static InvalidFields keeping(@Nullable ProbeDefinition stored) {
        if (stored == null) {
            return new InvalidFields();
        }
        SourceAddress source = stored.spec().settings().sourceAddress();
        String target = stored.spec().target().toString();
        return InvalidFields.keeping(
                source == null ? Set.of(target) : Set.of(target, source.toString()));
    }

    private static InvalidRequestException notAnObject(String what) {
        return new InvalidRequestException(
                List.of(InvalidField.of(what, null, "an object is expected")));
    }
}
