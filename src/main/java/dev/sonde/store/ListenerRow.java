package dev.sonde.store;

import dev.sonde.form.InvalidFields;
import dev.sonde.form.ListenerForm;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.store.bytes.StoredJson;
import dev.sonde.store.embedded.RowChecksum;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A listener to and from its row. What it was asked for is kept in its written form, and a test
/// holds that to what was written before.
final class ListenerRow {

    private ListenerRow() {}

    /// In the order of the statement of [SqlListenerStore].
    static @Nullable Object[] of(StoredListener listener) {
        InetSocketAddress address = listener.address();
        String name = listener.spec().name();
        String definition = definition(listener.spec());
        long since = DefinitionRow.micros(listener.since());
        boolean paused = listener.paused();
        String text = address == null ? null : AddressText.of(address);
        long checksum = RowChecksum.of(name, definition, since, paused, text);
        return new @Nullable Object[] {name, definition, since, paused, text, checksum};
    }

    static StoredListener read(ResultSet row) throws SQLException {
        String address = row.getString("address");
        return new StoredListener(
                spec(row.getString("name"), row.getString("definition")),
                DefinitionRow.instant(row, "since"),
                row.getBoolean("paused"),
                address == null ? null : AddressText.parseEndpoint(address));
    }

    static String definition(ListenerSpec spec) {
        return StoredJson.MAPPER.writeValueAsString(ListenerForm.of(spec));
    }

    static ListenerSpec spec(String name, String definition) {
        return StoredJson.MAPPER
                .readValue(definition, ListenerForm.class)
                .toSpec(name, InvalidFields.ofKept());
    }
}
