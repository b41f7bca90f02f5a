package dev.sonde.store;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeLabels;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.StoredJson;
import dev.sonde.store.bytes.StoredSettings;
import dev.sonde.store.embedded.RowChecksum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// A definition to and from its row. Settings and labels are JSON, so that they can grow.
final class DefinitionRow {

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    /// The settings and labels of the rows that were read before, by their texts. Many rows have
    /// the same text. For one thread.
    static final class SettingsByText {

        private static final int MOST = 1_000;

        private final Map<String, StoredSettings.Pair> known = new HashMap<>();
        private final Map<String, Map<String, String>> labels = new HashMap<>();

        private Map<String, String> labels(String text) {
            Map<String, String> found = labels.get(text);
            if (found == null) {
                found = ProbeLabels.requireValid(StoredJson.MAPPER.readValue(text, LABELS));
                if (labels.size() < MOST) {
                    labels.put(text, found);
                }
            }
            return found;
        }

        private StoredSettings.Pair of(String text) {
            StoredSettings.Pair found = known.get(text);
            if (found == null) {
                found = StoredSettings.Pair.of(text);
                if (known.size() < MOST) {
                    known.put(text, found);
                }
            }
            return found;
        }
    }

    private DefinitionRow() {}

    /// The columns that change with a definition, in the order of the statements of
    /// [SqlProbeStore].
    static Object[] changing(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        return new Object[] {
            spec.target().toString(),
            spec.interval().toNanos(),
            StoredSettings.text(definition),
            StoredJson.MAPPER.writeValueAsString(new TreeMap<>(spec.labels())),
            spec.paused(),
            spec.thresholds().rise(),
            spec.thresholds().fall(),
            definition.version(),
            Micros.of(definition.updatedAt())
        };
    }

    /// The checksum of a row with these values.
    static long checksum(ProbeDefinition definition, Object[] changing) {
        Object[] columns = new Object[changing.length + 3];
        columns[0] = ResourceName.key(definition.name());
        columns[1] = definition.name();
        System.arraycopy(changing, 0, columns, 2, changing.length - 1);
        columns[columns.length - 2] = Micros.of(definition.createdAt());
        columns[columns.length - 1] = changing[changing.length - 1];
        return RowChecksum.of(columns);
    }

    /// @param known of rows before
    static StoredProbe read(ResultSet row, SettingsByText known) throws SQLException {
        StoredSettings.Pair settings = known.of(row.getString("settings"));
        ProbeDefinition definition =
                new ProbeDefinition(
                        row.getString("name"),
                        readSpec(row, settings, known.labels(row.getString("labels"))),
                        row.getLong("version"),
                        Micros.instant(row, "created_at"),
                        Micros.instant(row, "updated_at"),
                        settings.written().source());
        String state = row.getString("state");
        if (state == null || !isKnownState(state)) {
            return new StoredProbe(definition, ProbeHealth.pending(definition.createdAt()));
        }
        ProbeHealth health = new ProbeHealth(state(state), Micros.instant(row, "since"), 0);
        return new StoredProbe(definition, health);
    }

    /// PostgreSQL's rows are checked one by one where they are read. The check of the embedded
    /// database at the start has gone through its rows already.
    ///
    /// @throws IllegalStateException where the row is not as it was written
    static void requireIntact(ResultSet row) throws SQLException {
        if (row.getObject("paused") instanceof Boolean paused) {
            requireIntact(
                    row,
                    row.getLong("id"),
                    row.getString("name"),
                    row.getString("target"),
                    row.getLong("interval_nanos"),
                    row.getString("settings"),
                    row.getString("labels"),
                    paused,
                    row.getInt("rise"),
                    row.getInt("fall"),
                    row.getLong("version"),
                    row.getLong("created_at"),
                    row.getLong("updated_at"));
        }
    }

    /// The same of columns in the order of their checksum.
    static void requireIntact(ResultSet row, @Nullable Object... columns) throws SQLException {
        if (RowChecksum.of(columns) != row.getLong("checksum")) {
            throw new IllegalStateException("the row was altered, its checksum does not fit");
        }
    }

    /// The readable part of a row that this version cannot read. No run of this probe asks its
    /// target. The row stays unchanged.
    ///
    /// @param reason for a person
    /// @throws RuntimeException where not even its name, target and interval can be read
    static StoredProbe standIn(ResultSet row, String reason) throws SQLException {
        Duration interval = Duration.ofNanos(row.getLong("interval_nanos"));
        ProbeSpec plain = ProbeSpec.of(Target.parse(row.getString("target")), interval);
        ProbeSpec spec =
                new ProbeSpec(
                        plain.target(),
                        interval,
                        plain.settings(),
                        null,
                        labelsOrNone(row.getString("labels")),
                        row.getBoolean("paused"),
                        Thresholds.DEFAULT,
                        "the stored definition cannot be read by this version and is kept; PUT"
                                + " replaces it: "
                                + reason);
        ProbeDefinition definition =
                new ProbeDefinition(
                        row.getString("name"),
                        spec,
                        row.getLong("version"),
                        Micros.instant(row, "created_at"),
                        Micros.instant(row, "updated_at"),
                        sourceIfAny(row.getString("settings")));
        return new StoredProbe(definition, ProbeHealth.pending(definition.createdAt()));
    }

    private static @Nullable String sourceIfAny(String settings) {
        try {
            return StoredJson.MAPPER.readTree(settings).path("source").stringValue(null);
        } catch (RuntimeException _) {
            return null;
        }
    }

    private static Map<String, String> labelsOrNone(String json) {
        try {
            return ProbeLabels.requireValid(StoredJson.MAPPER.readValue(json, LABELS));
        } catch (RuntimeException _) {
            return Map.of();
        }
    }

    /// Whether this version has a state of this label; a later version may have others.
    static boolean isKnownState(String label) {
        return Arrays.stream(ProbeState.values()).anyMatch(state -> state.label().equals(label));
    }

    static ProbeState state(String label) {
        for (ProbeState state : ProbeState.values()) {
            if (state.label().equals(label)) {
                return state;
            }
        }
        throw new IllegalStateException("written by a later version: state " + label);
    }

    private static ProbeSpec readSpec(
            ResultSet row, StoredSettings.Pair settings, Map<String, String> labels)
            throws SQLException {
        return new ProbeSpec(
                Target.parse(row.getString("target")),
                Duration.ofNanos(row.getLong("interval_nanos")),
                settings.read(),
                settings.written().module(),
                labels,
                row.getBoolean("paused"),
                new Thresholds(row.getInt("rise"), row.getInt("fall")));
    }
}
