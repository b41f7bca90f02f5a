package dev.sonde.store.authority;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table `authority_material`. Safe for any thread.
///
/// @param reads single statements
/// @param writes runs work in a transaction that may add rows
public record AuthorityRows(JdbcClient reads, Consumer<Consumer<JdbcTemplate>> writes) {

    /// The name of the authority's own row; no certificate can have it.
    static final String OWN = "";

    private static final RowMapper<Row> MAPPER =
            (row, _) ->
                    new Row(row.getString("name"), row.getString("key_id"), row.getString("body"));

    /// @param keyId the key that encrypted the body
    /// @param body in Base64
    record Row(String name, String keyId, String body) {}

    Optional<Row> find(String name) {
        return reads.sql("select name, key_id, body from authority_material where name = ?")
                .param(name)
                .query(MAPPER)
                .optional();
    }

    /// Issued ones, in the order of their names.
    List<Row> list(String after, int limit) {
        return reads.sql(
                        """
                        select name, key_id, body from authority_material
                        where name > ? order by name limit ?""")
                .params(after, limit)
                .query(MAPPER)
                .list();
    }

    /// The ids of all keys that encrypted something.
    List<String> keyIds() {
        return reads.sql("select distinct key_id from authority_material order by key_id")
                .query((row, _) -> row.getString("key_id"))
                .list();
    }

    List<Row> notUnder(String keyId) {
        return reads.sql("select name, key_id, body from authority_material where key_id <> ?")
                .param(keyId)
                .query(MAPPER)
                .list();
    }

    /// Adds those whose names are free.
    ///
    /// @return whether the first one was added
    boolean add(List<Row> rows) {
        boolean[] isFirstAdded = new boolean[1];
        writes.accept(
                jdbc -> {
                    isFirstAdded[0] = insert(jdbc, rows.getFirst());
                    if (isFirstAdded[0]) {
                        rows.subList(1, rows.size()).forEach(row -> insert(jdbc, row));
                    }
                });
        return isFirstAdded[0];
    }

    private static boolean insert(JdbcTemplate jdbc, Row row) {
        return jdbc.update(
                        """
                        insert into authority_material (name, key_id, body) values (?, ?, ?)
                        on conflict do nothing""",
                        row.name(),
                        row.keyId(),
                        row.body())
                > 0;
    }

    /// Puts what was encrypted anew in the place of the old, unless that has changed meanwhile.
    void replace(Row old, Row fresh) {
        writes.accept(
                jdbc ->
                        jdbc.update(
                                """
                                update authority_material set key_id = ?, body = ?
                                where name = ? and key_id = ?""",
                                fresh.keyId(),
                                fresh.body(),
                                old.name(),
                                old.keyId()));
    }

    boolean delete(String name) {
        int[] deleted = new int[1];
        writes.accept(
                jdbc ->
                        deleted[0] =
                                jdbc.update("delete from authority_material where name = ?", name));
        return deleted[0] > 0;
    }
}
