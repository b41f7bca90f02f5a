package dev.sonde.store.rollup;

import dev.sonde.history.Bucket;
import dev.sonde.history.ForeignRuns;
import dev.sonde.history.Held;
import dev.sonde.history.Tier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The marks of other replicas now. A replica may write runs after it was asked for them. Those are
/// in the rows then.
///
/// @param byReplica the marks by group
public record ForeignMarks(Map<String, Map<Integer, Long>> byReplica) {

    /// The marks of the replicas that answered.
    public static ForeignMarks read(JdbcClient client, ForeignRuns foreign) {
        Map<String, Map<Integer, Long>> read = new HashMap<>();
        client.sql("select replica, part, upto from rollup_mark where replica in (:replicas)")
                .param("replicas", foreign.parts().stream().map(ForeignRuns.Part::replica).toList())
                .query(
                        row -> {
                            read.computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                                    .put(row.getInt(2), row.getLong(3));
                        });
        return new ForeignMarks(read);
    }

    /// The minutes of a probe that are not in the rows.
    ///
    /// @param group of the probe
    public List<Bucket> beyondRows(String replica, int group, Held held) {
        Map<Integer, Long> marks = byReplica.getOrDefault(replica, Map.of());
        long written = marks.getOrDefault(group, marks.getOrDefault(RollupMarks.ENDED, 0L));
        return held.minutes().stream()
                .filter(
                        minute ->
                                minute.at() < held.mark()
                                        || minute.at() + Tier.MINUTE.stepSeconds() > written)
                .toList();
    }
}
