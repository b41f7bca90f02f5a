package dev.sonde.store.maintenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.DurationText;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.maintenance.CronTiming;
import dev.sonde.maintenance.Maintenance;
import dev.sonde.maintenance.MaintenanceStore;
import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.maintenance.OnceTiming;
import dev.sonde.maintenance.Selection;
import dev.sonde.maintenance.Timing;
import dev.sonde.probe.keeping.ChangeRefusedException;
import dev.sonde.store.access.Access;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.StoredJson;
import dev.sonde.store.embedded.UnwritableDatabaseException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;

/// Maintenances in SQL. Safe for any thread.
public final class SqlMaintenanceStore implements MaintenanceStore {

    private static final Logger log = LoggerFactory.getLogger(SqlMaintenanceStore.class);

    private final Access access;

    /// A maintenance but for its id and the time of its creation.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            @Nullable List<String> labels,
            @Nullable Set<String> probes,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cron,
            @Nullable String duration,
            @Nullable String zone,
            @Nullable String comment) {

        static Body of(Maintenance maintenance) {
            List<String> labels = maintenance.selection().labels();
            List<String> conditions = labels.isEmpty() ? null : labels;
            Set<String> names = labels.isEmpty() ? maintenance.selection().probes() : null;
            String comment = maintenance.comment();
            return switch (maintenance.timing()) {
                case OnceTiming(MaintenanceWindow window) ->
                        new Body(
                                conditions,
                                names,
                                window.from().toString(),
                                window.to().toString(),
                                null,
                                null,
                                null,
                                comment);
                case CronTiming cron ->
                        new Body(
                                conditions,
                                names,
                                null,
                                null,
                                cron.cron(),
                                DurationText.format(cron.duration()),
                                cron.zone().getId(),
                                comment);
            };
        }

        Maintenance toMaintenance(UUID id, Instant createdAt) {
            Selection selection =
                    labels == null
                            ? Selection.byNames(Objects.requireNonNullElse(probes, Set.of()))
                            : Selection.byLabels(labels);
            Timing timing =
                    cron == null
                            ? new OnceTiming(
                                    new MaintenanceWindow(
                                            Instant.parse(String.valueOf(from)),
                                            Instant.parse(String.valueOf(to))))
                            : CronTiming.of(
                                    cron,
                                    DurationText.parse(String.valueOf(duration)),
                                    ZoneId.of(String.valueOf(zone)));
            return new Maintenance(id, selection, timing, comment, createdAt);
        }
    }

    public SqlMaintenanceStore(Access access) {
        this.access = access;
    }

    @Override
    public List<Maintenance> all() {
        return access
                .client()
                .sql("select id, created_at, body from maintenance")
                .query((row, _) -> read(row))
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Maintenance read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        try {
            return StoredJson.MAPPER
                    .readValue(row.getString("body"), Body.class)
                    .toMaintenance(UUID.fromString(id), Micros.instant(row, "created_at"));
        } catch (IllegalArgumentException
                | DateTimeException
                | JacksonException
                | InvalidRequestException e) {
            log.atWarn()
                    .addKeyValue("id", id)
                    .addKeyValue("cause", e.getMessage())
                    .log("a maintenance cannot be read, its row is kept and has no effect");
            return null;
        }
    }

    @Override
    public void add(Maintenance maintenance) {
        change(
                jdbc ->
                        jdbc.update(
                                "insert into maintenance (id, created_at, body) values (?, ?, ?)",
                                maintenance.id().toString(),
                                Micros.of(maintenance.createdAt()),
                                StoredJson.MAPPER.writeValueAsString(Body.of(maintenance))));
    }

    @Override
    public void remove(List<UUID> ids) {
        access.inTransaction(
                jdbc ->
                        jdbc.batchUpdate(
                                "delete from maintenance where id = ?",
                                ids.stream().map(id -> new Object[] {id.toString()}).toList()));
    }

    private void change(Consumer<JdbcTemplate> work) {
        try {
            access.write(work);
        } catch (UnwritableDatabaseException e) {
            throw new ChangeRefusedException(String.valueOf(e.getMessage()), e.isDiskFull(), e);
        }
    }
}
