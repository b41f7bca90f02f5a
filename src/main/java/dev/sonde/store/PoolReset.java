package dev.sonde.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/// Looks at every failure of the database, and lets go of all pooled connections where H2 has
/// closed behind them. Safe for any thread.
///
/// H2 does so when it cannot write a page. Connections to what was open before go on failing for
/// ever, or spin, although they call themselves valid; new ones open the file again.
final class PoolReset implements SQLExceptionTranslator {

    private static final Logger log = LoggerFactory.getLogger(PoolReset.class);

    /// H2's `GENERAL_ERROR_1`, which a failed write is, `IO_EXCEPTION_1`, `IO_EXCEPTION_2` and
    /// `DATABASE_IS_CLOSED`. No other database has these numbers.
    private static final Set<Integer> CLOSED = Set.of(50_000, 90_028, 90_031, 90_098);

    private final DataSource dataSource;
    private final SQLExceptionTranslator translator;

    PoolReset(DataSource dataSource) {
        this.dataSource = dataSource;
        this.translator = new SQLExceptionSubclassTranslator();
    }

    @Override
    public @Nullable DataAccessException translate(
            String task, @Nullable String sql, SQLException failure) {
        if (CLOSED.contains(failure.getErrorCode())) {
            reset();
        }
        return translator.translate(task, sql, failure);
    }

    private void reset() {
        try {
            HikariPoolMXBean pool =
                    dataSource.isWrapperFor(HikariDataSource.class)
                            ? dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean()
                            : null;
            if (pool != null) {
                pool.softEvictConnections();
            }
        } catch (SQLException e) {
            log.atWarn().setCause(e).log("connections to a closed database cannot be let go");
        }
    }
}
