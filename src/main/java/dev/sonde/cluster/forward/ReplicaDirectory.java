package dev.sonde.cluster.forward;

import dev.sonde.cluster.Replicas;
import dev.sonde.probe.keeping.Replica;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/// The replicas by the ids that they give, from the table `replica_address`. A row stays for
/// [#KEPT] after its replica is gone. Therefore its ids differ from ids that nobody gave. Safe for
/// any thread; may block.
final class ReplicaDirectory {

    private static final Logger log = LoggerFactory.getLogger(ReplicaDirectory.class);
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String ANNOUNCE =
            """
            insert into replica_address (member, tag, name, forward, started_at)
            values (?, ?, ?, ?, ?)
            on conflict (member) do update set forward = excluded.forward""";

    private final DataSource database;
    private final Replica self;
    private final Replicas replicas;
    private final Clock clock;

    /// Rows of present members, which do not change.
    private final Map<UUID, Holder> known = new ConcurrentHashMap<>();

    ReplicaDirectory(DataSource database, Replica self, Replicas replicas, Clock clock) {
        this.database = database;
        this.self = self;
        this.replicas = replicas;
        this.clock = clock;
    }

    /// Makes this replica known, before it joins.
    void announce(@Nullable String forward) throws SQLException {
        UUID member = self.member();
        if (member == null) {
            return;
        }
        Instant now = clock.instant();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(ANNOUNCE);
                PreparedStatement prune =
                        connection.prepareStatement(
                                "delete from replica_address where started_at < ? and member <> ?")) {
            insert.setObject(1, member);
            insert.setInt(2, Replica.tagOf(member));
            insert.setString(3, self.name());
            insert.setString(4, forward);
            insert.setLong(5, micros(now));
            insert.executeUpdate();
            prune.setLong(1, micros(now.minus(KEPT)));
            prune.setObject(2, member);
            prune.executeUpdate();
        }
    }

    /// The place of an object by the last 16 bits of its id.
    ///
    /// @throws DataAccessException where no present replica gave it and the database does not
    ///     answer
    Whereabouts placeOf(int tag) {
        UUID own = self.member();
        if (own == null || Replica.tagOf(own) == tag) {
            return new Whereabouts.Here();
        }
        for (UUID member : replicas.others()) {
            if (Replica.tagOf(member) == tag) {
                return new Whereabouts.There(holder(member));
            }
        }
        return query(
                        "select member, name, forward from replica_address where tag = ?"
                                + " order by started_at desc limit 1",
                        tag)
                .<Whereabouts>map(gone -> new Whereabouts.Gone(gone.name()))
                .orElseGet(Whereabouts.Here::new);
    }

    /// The present replica of a name, which is another one.
    Optional<Holder> named(String name) {
        return others().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// The other present replicas.
    List<Holder> others() {
        List<UUID> present = replicas.others();
        known.keySet().retainAll(present);
        return present.stream().map(this::holder).toList();
    }

    private Holder holder(UUID member) {
        Holder seen = known.get(member);
        if (seen != null) {
            return seen;
        }
        Optional<Holder> read = read(member);
        read.ifPresent(holder -> known.put(member, holder));
        // One whose row cannot be read now is known by its messages.
        return read.orElseGet(() -> new Holder(member, replicas.nameOf(member), null));
    }

    private Optional<Holder> read(UUID member) {
        try {
            return query(
                    "select member, name, forward from replica_address where member = ?", member);
        } catch (DataAccessException e) {
            log.atDebug().setCause(e).log("the address of a replica cannot be read");
            return Optional.empty();
        }
    }

    private Optional<Holder> query(String sql, Object parameter) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, parameter);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Holder(
                                        rows.getObject(1, UUID.class),
                                        rows.getString(2),
                                        rows.getString(3)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("replica_address cannot be read", e);
        }
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
