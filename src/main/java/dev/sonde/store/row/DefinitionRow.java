package dev.sonde.store.row;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeLabels;
import dev.sonde.probe.spec.ProbeSpec;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// Reads definitions from their rows. Settings and labels are JSON, so that they can grow.
public final class DefinitionRow {

    static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private DefinitionRow() {}

    /// The probe of a row.
    ///
    /// @param known of rows before
    public static StoredProbe read(ResultSet row, SettingsByText known) throws SQLException {
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
    public static void requireIntact(ResultSet row) throws SQLException {
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
    public static StoredProbe standIn(ResultSet row, String reason) throws SQLException {
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
    public static boolean isKnownState(String label) {
        return Arrays.stream(ProbeState.values()).anyMatch(state -> state.label().equals(label));
    }

    public static ProbeState state(String label) {
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
