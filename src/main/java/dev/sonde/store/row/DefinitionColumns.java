package dev.sonde.store.row;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.StoredJson;
import dev.sonde.store.bytes.StoredSettings;
import dev.sonde.store.embedded.RowChecksum;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The columns of definitions that are written, in the order of their statements.
public final class DefinitionColumns {

    private DefinitionColumns() {}

    /// The columns of a new row: the changing ones, then key, name, creation and first id.
    public static Object[] insert(ProbeDefinition definition, long firstId) {
        return append(
                changing(definition),
                ResourceName.key(definition.name()),
                definition.name(),
                Micros.of(definition.createdAt()),
                firstId);
    }

    /// The columns of a changed row: the changing ones, then its key.
    public static Object[] update(ProbeDefinition definition) {
        return append(changing(definition), ResourceName.key(definition.name()));
    }

    private static Object[] changing(ProbeDefinition definition) {
        Object[] changing = withoutChecksum(definition);
        return append(changing, checksum(definition, changing));
    }

    private static Object[] withoutChecksum(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        return new Object[] {
            spec.target().toString(),
            spec.interval().toNanos(),
            StoredSettings.text(definition),
            StoredJson.MAPPER.writeValueAsString(new TreeMap<>(spec.labels())),
            spec.paused(),
            spec.thresholds().rise(),
            spec.thresholds().fall(),
            definition.version(),
            Micros.of(definition.updatedAt())
        };
    }

    /// The checksum of a row with these values.
    private static long checksum(ProbeDefinition definition, Object[] changing) {
        Object[] columns = new Object[changing.length + 3];
        columns[0] = ResourceName.key(definition.name());
        columns[1] = definition.name();
        System.arraycopy(changing, 0, columns, 2, changing.length - 1);
        columns[columns.length - 2] = Micros.of(definition.createdAt());
        columns[columns.length - 1] = changing[changing.length - 1];
        return RowChecksum.of(columns);
    }

    private static Object[] append(Object[] first, Object... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray();
    }
}
