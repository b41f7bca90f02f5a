package dev.sonde.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A migrated database behind a pool, which refuses connections while it is told to.
final class TestDatabase implements AutoCloseable {

    private final HikariDataSource pool = new HikariDataSource();
    private final AtomicBoolean refusing = new AtomicBoolean();
    final Database database;

    TestDatabase(String url, String user) {
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setMaximumPoolSize(4);
        Flyway.configure().dataSource(pool).load().migrate();
        database = new Database(refusable(pool));
    }

    static TestDatabase h2(Path directory) {
        return new TestDatabase(new EmbeddedDatabase(directory).getJdbcUrl(), "sa");
    }

    private DataSource refusable(DataSource target) {
        return new DelegatingDataSource(target) {
            @Override
            public java.sql.Connection getConnection() throws java.sql.SQLException {
                if (refusing.get()) {
                    throw new java.sql.SQLException("the disk is full");
                }
                return super.getConnection();
            }
        };
    }

    void refuse(boolean value) {
        refusing.set(value);
    }

    long count(String table) {
        return database.client().sql("select count(*) from " + table).query(Long.class).single();
    }

    void clear() {
        JdbcClient client = database.client();
        for (String table :
                new String[] {"probe", "probe_state", "result", "transition", "listener"}) {
            client.sql("delete from " + table).update();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
