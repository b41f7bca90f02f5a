package dev.sonde.api.definition;

import dev.sonde.api.request.DefinitionTag;
import dev.sonde.definition.DefinitionSets;
import dev.sonde.definition.SetSources;
import dev.sonde.definition.source.WrittenSource;
import dev.sonde.form.ListenerForm;
import dev.sonde.form.ProbeForm;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.security.SentBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A set of definitions as an answer shows it, and its tag. Safe for any thread.
final class SetViewMaker {

    private final DefinitionSets sets;
    private final SetSources documents;

    SetViewMaker(DefinitionSets sets, SetSources documents) {
        this.sets = sets;
        this.documents = documents;
    }

    /// The tag of the set; null where the set owns nothing and has no sources.
    @Nullable String tag(String set) {
        List<String> versions =
                Stream.of(
                                Stream.ofNullable(documents.version(set)),
                                sets.catalog().probes(set).stream()
                                        .map(each -> each.name() + " " + each.version()),
                                sets.catalog().listeners(set).stream()
                                        .map(each -> each.spec().name() + " " + each.since()))
                        .flatMap(each -> each)
                        .toList();
        return versions.isEmpty() ? null : DefinitionTag.of(versions, each -> each);
    }

    /// Everything that the set owns, and its sources; empty without either.
    DefinitionSetView view(String set) {
        boolean isShown = SentBytes.areShown();
        List<Object> read =
                SourceStatusView.of(documents.sources(set), source -> shown(set, source));
        Map<String, Object> probes = new LinkedHashMap<>();
        for (ProbeDefinition each : sets.catalog().probes(set)) {
            ProbeForm form = ProbeForm.of(each.spec()).withoutPaused();
            probes.put(each.name(), isShown ? form : form.withoutSent());
        }
        Map<String, Object> listeners = new LinkedHashMap<>();
        for (StoredListener each : sets.catalog().listeners(set)) {
            ListenerForm form = ListenerForm.of(each.spec());
            listeners.put(each.spec().name(), isShown ? form : form.withoutSent());
        }
        return new DefinitionSetView(
                null,
                probes.isEmpty() ? null : probes,
                listeners.isEmpty() ? null : listeners,
                read.isEmpty() ? null : read);
    }

    /// Secrets are shown to a caller who may change the set, and to nobody else.
    private ObjectNode shown(String set, WrittenSource source) {
        if (!SentBytes.areShown()) {
            return source.withoutSecretsAndSent();
        }
        return documents.version(set) == null ? source.withoutSecrets() : source.whole();
    }
}
