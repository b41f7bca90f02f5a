package dev.sonde.store.evidence;

import dev.sonde.probe.path.LateEvidence;
import dev.sonde.store.bytes.ResultCodec;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Late evidence in the rows of its results: the result itself, and its copy that an incident
/// keeps. A missing row is ignored. Safe for any thread.
///
/// @param keys the value of a result's id in the table of results
public record EvidenceRows(Function<UUID, Object> keys) {

    private static final String OF_RESULT = " result %s where id = ?";
    private static final String OF_COPY = " kept_result %s where id = ?";

    /// Adds all of it, in the transaction of the caller.
    public void write(JdbcTemplate jdbc, List<WaitingEvidence> waiting) {
        for (WaitingEvidence each : waiting) {
            LateEvidence evidence = each.evidence();
            add(jdbc, OF_RESULT, keys.apply(evidence.result()), evidence);
            add(jdbc, OF_COPY, evidence.result().toString(), evidence);
        }
    }

    private static void add(JdbcTemplate jdbc, String table, Object key, LateEvidence evidence) {
        List<byte[]> found =
                jdbc.query(
                        "select body from" + table.formatted(""), (row, _) -> row.getBytes(1), key);
        for (byte[] body : found) {
            byte[] more = with(evidence, body);
            if (more != null) {
                jdbc.update("update" + table.formatted("set body = ?"), more, key);
            }
        }
    }

    private static byte @Nullable [] with(LateEvidence evidence, byte[] body) {
        try {
            return ResultCodec.write(
                    ResultCodec.read(evidence.result(), evidence.probe(), body)
                            .withFindings(evidence.findings()));
        } catch (IllegalStateException _) {
            return null; // a later version wrote it, and its reader loses only the evidence
        }
    }
}
