package dev.sonde.api.probe;

import dev.sonde.api.body.BodyReader;
import dev.sonde.api.request.MergePatch;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.problem.InvalidField;
import dev.sonde.problem.InvalidRequestException;
import dev.sonde.problem.UnreadableBodyException;
import dev.sonde.schedule.NamedSpec;
import java.util.List;
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

    ProbeReader(JsonMapper mapper, BodyReader bodies, ProbeModules modules) {
        this.mapper = mapper;
        this.modules = modules;
        this.bodies = bodies;
    }

    /// A body that the framework has read.
    ///
    /// @param name the name in the request's path; null where the body has to name the probe
    /// @throws InvalidRequestException when something in it is wrong
    NamedSpec read(ProbeRequest request, @Nullable String name) {
        return request.toNamedSpec(name, modules);
    }

    /// A line of a bulk request.
    ///
    /// @throws JacksonException when it is not such a JSON object
    /// @throws InvalidRequestException when something in it is wrong
    NamedSpec line(byte[] json) {
        return item(mapper.readTree(json));
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
        JsonNode before = mapper.valueToTree(ProbeRequest.of(current));
        ProbeRequest after =
                mapper.treeToValue(MergePatch.apply(before, patch), ProbeRequest.class);
        return read(after, current.name()).spec();
    }

    private static InvalidRequestException notAnObject(String what) {
        return new InvalidRequestException(
                List.of(InvalidField.of(what, null, "an object is expected")));
    }
}
