package dev.sonde.store.buffer;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Weight;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.StoredResultBytes;

/// A result on its way to its row.
///
/// @param key of its probe
/// @param body the row's bytes, which the other holders of the result have too
/// @param weight its heap in bytes
@SuppressWarnings("ArrayRecordComponent") // nobody compares it
public record WaitingResult(ProbeResult result, long key, byte[] body, int weight) {

    private static final ResultBytes FORM = new StoredResultBytes();
    private static final int OWN_BYTES = 48;

    /// A result that is to be written.
    ///
    /// @throws IllegalArgumentException for a result without a probe
    public static WaitingResult of(ProbeResult result) {
        String probe = result.probe();
        if (probe == null) {
            throw new IllegalArgumentException("not a scheduled probe's result: " + result.id());
        }
        byte[] body = PackedResult.of(FORM, result).body();
        return new WaitingResult(
                result, ResourceName.key(probe), body, OWN_BYTES + body.length + Weight.of(result));
    }
}
