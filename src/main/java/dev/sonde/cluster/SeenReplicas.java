package dev.sonde.cluster;

import dev.sonde.probe.keeping.Replica;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs of life in the database, which all replicas reach although they may not reach each other.
/// A thread of its own writes and reads them; [#isAlive] and [#want] may be called by any.
final class SeenReplicas implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SeenReplicas.class);

    /// A sign of life that is older is none.
    private static final Duration RECENT = Duration.ofSeconds(2);

    private static final long EVERY_MILLIS = 500;

    private static final String WRITE =
            """
            insert into replica_seen (member, name, at) values (?, ?, clock_timestamp())
            on conflict (member) do update set at = clock_timestamp()""";

    private static final String READ =
            """
            select member, extract(epoch from clock_timestamp() - at) * 1000 as age
            from replica_seen where at > clock_timestamp() - interval '10 seconds'""";

    private static final String FORGET =
            "delete from replica_seen where at < clock_timestamp() - interval '1 hour'";

    private final DataSource database;
    private final Replica self;
    private final LongSupplier ticker;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("cluster-seen").daemon().factory());

    /// The connection to the database. Owned by the thread.
    private @Nullable Connection connection;

    /// When each replica wrote last, on the ticker. Written by the thread.
    private volatile Map<UUID, Long> seenNanos = Map.of();

    /// Written by the cluster's thread, read by the own one.
    private volatile boolean isWanted;

    SeenReplicas(DataSource database, Replica self, LongSupplier ticker) {
        this.database = database;
        this.self = self;
        this.ticker = ticker;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::turn, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Whether signs of life of others are read from now on. Reading them all the time would cost
    /// the square of the replicas.
    void want(boolean wanted) {
        isWanted = wanted;
    }

    /// Whether a replica has written a moment ago. False while the database is not reached.
    boolean isAlive(UUID member) {
        Long at = seenNanos.get(member);
        return at != null && ticker.getAsLong() - at < RECENT.toNanos();
    }

    private void turn() {
        try {
            Connection open = open();
            try (PreparedStatement write = open.prepareStatement(WRITE)) {
                write.setObject(1, Objects.requireNonNull(self.member()));
                write.setString(2, self.name());
                write.executeUpdate();
            }
            seenNanos = isWanted ? read(open) : Map.of();
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("the sign of life cannot be written");
            disconnect();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the sign of life cannot be written");
            disconnect();
        }
    }

    private Map<UUID, Long> read(Connection open) throws SQLException {
        Map<UUID, Long> read = new HashMap<>();
        try (Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(READ)) {
            long now = ticker.getAsLong();
            while (rows.next()) {
                long ageNanos = TimeUnit.MILLISECONDS.toNanos(rows.getLong("age"));
                read.put(rows.getObject("member", UUID.class), now - ageNanos);
            }
        }
        return read;
    }

    private Connection open() throws SQLException {
        Connection known = connection;
        if (known == null) {
            known = database.getConnection();
            connection = known;
            try (Statement statement = known.createStatement()) {
                statement.executeUpdate(FORGET);
            }
        }
        return known;
    }

    private void disconnect() {
        Connection known = connection;
        connection = null;
        try {
            if (known != null) {
                known.close();
            }
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("a connection was not open any more");
        }
    }

    @Override
    public void close() {
        if (!thread.isShutdown()) {
            thread.execute(this::disconnect);
            thread.shutdown();
        }
    }
}
