package dev.sonde.definition;

import dev.sonde.definition.source.ProbeTemplate;
import dev.sonde.definition.source.RelabelRule;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.definition.source.TargetGroups;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.problem.UnreadableBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;

/// The probes of a source's targets. A bad target does not affect the others.
///
/// @param probes by name
/// @param rejected the targets that made none
record SourceProbes(Map<String, ProbeSpec> probes, Rejections rejected) {

    /// @param targets the labels of each
    static SourceProbes of(
            SourceSpec source, List<Map<String, String>> targets, ProbeSection reader) {
        ProbeTemplate template = new ProbeTemplate(source.template());
        ProbeBatch batch = new ProbeBatch(reader, JsonNodeFactory.instance.objectNode());
        SourceProbes made = new SourceProbes(new LinkedHashMap<>(), new Rejections());
        for (Map<String, String> found : targets) {
            Map<String, String> labels = RelabelRule.apply(source.relabel(), found);
            if (labels != null) {
                made.add(template, labels, batch);
            }
        }
        return made;
    }

    private void add(ProbeTemplate template, Map<String, String> labels, ProbeBatch batch) {
        String target = labels.getOrDefault(TargetGroups.ADDRESS, "");
        String name = template.name(labels);
        if (name.isEmpty()) {
            rejected.add(target, "no name can be made of its labels");
        } else if (probes.containsKey(name)) {
            rejected.add(target, "the name %s is made twice".formatted(name));
        } else {
            try {
                probes.put(name, batch.read(template.probe(labels)));
            } catch (JacksonException e) {
                rejected.add(target, UnreadableBody.field(e).sentence());
            } catch (InvalidRequestException e) {
                rejected.add(
                        target,
                        e.fields().stream()
                                .findFirst()
                                .map(InvalidField::sentence)
                                .orElse("is not valid"));
            } catch (IllegalArgumentException e) {
                rejected.add(target, String.valueOf(e.getMessage()));
            }
        }
    }

    /// Leaves out a probe whose name has another owner.
    ///
    /// @param there the one of the other owner
    void leaveOut(ProbeDefinition there) {
        ProbeSpec spec = probes.remove(there.name());
        String owner = there.source() == null ? "the API" : "the set " + there.source();
        rejected.add(
                spec == null ? there.name() : spec.target().toString(),
                "the name %s belongs to %s".formatted(there.name(), owner));
    }
}
