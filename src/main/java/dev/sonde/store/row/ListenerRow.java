package dev.sonde.store.row;

import dev.sonde.form.InvalidFields;
import dev.sonde.form.ListenerForm;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.StoredJson;
import dev.sonde.store.embedded.RowChecksum;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// A listener to and from its row. The definition is kept in its written form. A test compares that
/// form with earlier rows.
public final class ListenerRow {

    private static final Logger log = LoggerFactory.getLogger(ListenerRow.class);
    private static final String SOURCE = "source";

    private ListenerRow() {}

    /// In the order of the statement of the stores.
    public static @Nullable Object[] of(StoredListener listener) {
        InetSocketAddress address = listener.address();
        String name = listener.spec().name();
        String definition = definition(listener.spec(), listener.source());
        long since = Micros.of(listener.since());
        boolean paused = listener.paused();
        String text = address == null ? null : AddressText.of(address);
        long checksum = RowChecksum.of(name, definition, since, paused, text);
        return new @Nullable Object[] {name, definition, since, paused, text, checksum};
    }

    static StoredListener read(ResultSet row) throws SQLException {
        String address = row.getString("address");
        String definition = row.getString("definition");
        if (row.getObject("paused") instanceof Boolean paused) {
            DefinitionRow.requireIntact(
                    row, row.getString("name"), definition, row.getLong("since"), paused, address);
        }
        return new StoredListener(
                spec(row.getString("name"), definition),
                Micros.instant(row, "since"),
                row.getBoolean("paused"),
                address == null ? null : AddressText.parseEndpoint(address),
                null,
                source(definition));
    }

    /// The listener of a row, or its stand-in where this version cannot read the row. The row stays
    /// unchanged.
    public static Optional<StoredListener> readable(ResultSet row) throws SQLException {
        try {
            return Optional.of(read(row));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("listener", row.getString("name"))
                    .addKeyValue("cause", e.getMessage())
                    .log("a stored listener cannot be used and is kept");
            return standIn(row, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<StoredListener> standIn(ResultSet row, String reason)
            throws SQLException {
        try {
            InetSocketAddress bind = bind(row.getString("definition"), row.getString("address"));
            ListenerSpec spec =
                    ListenerSpec.of(row.getString("name"), bind, new Behaviour.NeverAccept());
            String unreadable =
                    "the stored definition is kept, but this version cannot read it; the shown "
                            + "behaviour is a stand-in; PUT replaces it: "
                            + reason;
            return Optional.of(
                    new StoredListener(
                            spec,
                            Micros.instant(row, "since"),
                            row.getBoolean("paused"),
                            null,
                            unreadable,
                            sourceIfAny(row.getString("definition"))));
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("no part of a stored listener can be read");
            return Optional.empty();
        }
    }

    /// The configured address, else the latest one.
    private static InetSocketAddress bind(String definition, @Nullable String address) {
        try {
            return AddressText.parseEndpoint(
                    StoredJson.MAPPER.readTree(definition).path("bind").asString(""));
        } catch (RuntimeException e) {
            if (address == null) {
                throw e;
            }
            return AddressText.parseEndpoint(address);
        }
    }

    static String definition(ListenerSpec spec) {
        return definition(spec, null);
    }

    /// @param source the set that owns the listener; it stands beside the written form
    private static String definition(ListenerSpec spec, @Nullable String source) {
        ObjectNode written = StoredJson.MAPPER.valueToTree(ListenerForm.of(spec));
        if (source != null) {
            written.put(SOURCE, source);
        }
        return StoredJson.MAPPER.writeValueAsString(written);
    }

    private static @Nullable String source(String definition) {
        return StoredJson.MAPPER.readTree(definition).path(SOURCE).stringValue(null);
    }

    private static @Nullable String sourceIfAny(String definition) {
        try {
            return source(definition);
        } catch (RuntimeException _) {
            return null;
        }
    }

    static ListenerSpec spec(String name, String definition) {
        ObjectNode written = (ObjectNode) StoredJson.MAPPER.readTree(definition);
        written.remove(SOURCE);
        return StoredJson.MAPPER
                .treeToValue(written, ListenerForm.class)
                .toSpec(name, InvalidFields.ofKept());
    }
}
