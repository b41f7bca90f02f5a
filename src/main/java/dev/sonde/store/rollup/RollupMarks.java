package dev.sonde.store.rollup;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/// The marks of one replica: up to where the rows have its runs, for each group of probes, in
/// seconds since 1970. Two replicas may move them, and each does so only from where it saw them.
///
/// @param replica its name; empty for a single process
/// @param groups their number
public record RollupMarks(String replica, int groups) {

    /// The part of the only row of a replica whose roll-ups another one has made.
    static final int ENDED = -1;

    private static final String INSERT =
            "insert into rollup_mark (replica, part, upto) values (?, ?, ?)"
                    + " on conflict (replica, part) do nothing";

    /// The marks as they are now; where there are none, rows with 0.
    public long[] begin(JdbcTemplate jdbc) {
        Map<Integer, Long> rows = new HashMap<>();
        jdbc.query(
                "select part, upto from rollup_mark where replica = ?",
                row -> {
                    rows.put(row.getInt("part"), row.getLong("upto"));
                },
                replica);
        long ended = rows.getOrDefault(ENDED, 0L);
        long[] marks = new long[groups];
        Arrays.setAll(marks, group -> rows.getOrDefault(group, ended));
        if (rows.containsKey(ENDED)) {
            delete(jdbc);
            rows.clear();
        }
        if (rows.size() < groups) {
            List<Object[]> all =
                    IntStream.range(0, groups)
                            .mapToObj(group -> new Object[] {replica, group, marks[group]})
                            .toList();
            jdbc.batchUpdate(INSERT, all);
        }
        return marks;
    }

    /// Moves a group's mark.
    ///
    /// @return whether it was where it was thought to be; nothing changes otherwise
    public boolean move(JdbcTemplate jdbc, int group, long from, long to) {
        return jdbc.update(
                        "update rollup_mark set upto = ?"
                                + " where replica = ? and part = ? and upto = ?",
                        to,
                        replica,
                        group,
                        from)
                == 1;
    }

    /// One row in the place of all, of a replica that is gone. Nothing changes where a mark is
    /// elsewhere.
    public void end(JdbcTemplate jdbc, long upTo) {
        int there =
                jdbc.update(
                        "update rollup_mark set upto = upto where replica = ? and upto = ?",
                        replica,
                        upTo);
        if (there == groups) {
            delete(jdbc);
            jdbc.update(INSERT, replica, ENDED, upTo);
        }
    }

    private void delete(JdbcTemplate jdbc) {
        jdbc.update("delete from rollup_mark where replica = ?", replica);
    }

    /// The replicas whose roll-ups may lack something.
    public static List<String> open(JdbcTemplate jdbc) {
        return jdbc.query(
                "select distinct replica from rollup_mark where part <> " + ENDED,
                (row, _) -> row.getString(1));
    }
}
