package dev.sonde.store.bytes;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.ResultBytes;
import java.util.UUID;

/// The bytes of a row, for other uses.
public final class StoredResultBytes implements ResultBytes {

    @Override
    public byte[] write(ProbeResult result) {
        return ResultCodec.write(result);
    }

    @Override
    public ProbeResult read(UUID id, String probe, byte[] body) {
        return ResultCodec.read(id, probe, body);
    }
}
