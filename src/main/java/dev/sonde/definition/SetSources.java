package dev.sonde.definition;

import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.definition.keeping.StoredSources;
import dev.sonde.definition.source.FileAccess;
import dev.sonde.definition.source.SourceReader;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The sets that come over HTTP, with their sources, which the store keeps. Another replica may
/// change them at any time. Safe for any thread but an event loop's; one change after the other.
public final class SetSources {

    private static final Logger log = LoggerFactory.getLogger(SetSources.class);

    /// The most sources of all sets together.
    private static final int MOST = 1_000;

    /// Characters of all sources of all sets.
    private static final int LONGEST = 16 << 20;

    private final DefinitionSets sets;
    private final DefinitionSources sources;
    private final SourceStore store;
    private final JsonMapper mapper;
    private final FileAccess.Sent access;

    /// The stored list of each set, as it was applied here; empty for a damaged one. Guarded by
    /// this object's lock.
    private final Map<String, String> known = new TreeMap<>();

    SetSources(
            DefinitionSets sets,
            DefinitionSources sources,
            SourceStore store,
            JsonMapper mapper,
            FileAccess.Sent access) {
        this.sets = sets;
        this.sources = sources;
        this.store = store;
        this.mapper = mapper;
        this.access = access;
    }

    /// Makes a set own exactly what its document says, as [DefinitionSets#put] does, and read its
    /// sources.
    ///
    /// @param isDryRun whether the difference is only reported
    public synchronized SetResult put(String set, DefinitionDocument document, boolean isDryRun) {
        List<String> ended = sources.ending(set, document.sources());
        String next = text(document.sources());
        requireRoom(set, document.sources().size(), next);
        if (isDryRun) {
            return sets.put(set, document, true, null).alsoDeleted(ended);
        }
        boolean isOther = !Objects.equals(known.get(set), next);
        SetResult done =
                sets.put(set, document, false, isOther ? () -> store.put(set, next) : null);
        note(set, next);
        sources.put(set, document.sources());
        return done.alsoDeleted(ended);
    }

    private void note(String set, @Nullable String json) {
        if (json == null) {
            known.remove(set);
        } else {
            known.put(set, json);
        }
    }

    private @Nullable String text(List<SourceSpec> wanted) {
        if (wanted.isEmpty()) {
            return null;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        wanted.forEach(spec -> list.add(spec.written().whole()));
        return mapper.writeValueAsString(list);
    }

    private void requireRoom(String set, int number, @Nullable String next) {
        int others = sources.number() - sources.of(set).size();
        long characters =
                known.entrySet().stream()
                        .filter(each -> !each.getKey().equals(set))
                        .mapToLong(each -> each.getValue().length())
                        .sum();
        if (next != null && (others + number > MOST || characters + next.length() > LONGEST)) {
            throw new ProblemException(
                    ProblemType.DEFINITIONS_FULL,
                    "all sets together have at most %d sources of %d characters"
                            .formatted(MOST, LONGEST));
        }
    }

    /// Applies what the store has and was not applied here.
    ///
    /// @param owned sets whose sources come from elsewhere
    synchronized void follow(Set<String> owned) {
        Map<String, String> now = new TreeMap<>();
        for (StoredSources each : store.all()) {
            now.put(each.set(), Objects.requireNonNullElse(each.json(), ""));
        }
        now.keySet().removeAll(owned);
        Set<String> all = new TreeSet<>(now.keySet());
        all.addAll(known.keySet());
        for (String set : all) {
            String next = now.get(set);
            if (!Objects.equals(known.get(set), next)) {
                apply(set, next);
                note(set, next);
            }
        }
    }

    private void apply(String set, @Nullable String json) {
        try {
            sources.put(set, json == null ? List.of() : read(json));
        } catch (JacksonException | IllegalArgumentException | InvalidRequestException e) {
            log.atWarn()
                    .addKeyValue("set", set)
                    .addKeyValue("cause", e.getMessage())
                    .log("stored sources cannot be read; their probes stay as they are");
        }
    }

    private List<SourceSpec> read(String json) {
        if (!(mapper.readTree(json) instanceof ArrayNode list)) {
            throw new IllegalArgumentException("the row is damaged");
        }
        List<SourceSpec> read = new ArrayList<>();
        for (JsonNode each : list) {
            ObjectNode template =
                    each.get("probe") instanceof ObjectNode given
                            ? given
                            : JsonNodeFactory.instance.objectNode();
            read.add(new SourceReader(mapper, access).read((ObjectNode) each, template));
        }
        return read;
    }

    /// The sources of a set as one text, which changes with them; absent where it has none.
    public synchronized @Nullable String version(String set) {
        return known.get(set);
    }

    /// The sources of a set that this replica knows, each with its status.
    public Map<SourceSpec, SourceStatus> sources(String set) {
        return sources.of(set);
    }

    /// The names of the sets that have sources, in their order.
    public synchronized List<String> names() {
        return List.copyOf(known.keySet());
    }

    /// The set of the document to which the set of a source belongs. Absent for a source that did
    /// not come over HTTP.
    public synchronized @Nullable String documentOf(String set) {
        int end = set.indexOf(DefinitionSources.SEPARATOR);
        String document = end < 0 ? "" : set.substring(0, end);
        return known.containsKey(document) ? document : null;
    }
}
