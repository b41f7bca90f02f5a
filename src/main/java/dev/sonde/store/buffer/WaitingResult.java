package dev.sonde.store.buffer;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Weight;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.StoredResultBytes;
import org.jspecify.annotations.Nullable;

/// A result on its way to its row. One that may wait for long has only the row's bytes, a quarter
/// of the heap. Immutable.
public final class WaitingResult {

    private static final ResultBytes FORM = new StoredResultBytes();

    /// Heap of this object and of its place in a queue.
    private static final int OWN_BYTES = 56;

    private final @Nullable ProbeResult result;
    private final PackedResult packed;
    private final long key;
    private final int wholeBytes;

    private WaitingResult(
            @Nullable ProbeResult result, PackedResult packed, long key, int wholeBytes) {
        this.result = result;
        this.packed = packed;
        this.key = key;
        this.wholeBytes = wholeBytes;
    }

    /// A result that is to be written.
    ///
    /// @throws IllegalArgumentException for a result without a probe
    public static WaitingResult of(ProbeResult result) {
        String probe = result.probe();
        if (probe == null) {
            throw new IllegalArgumentException("not a scheduled probe's result: " + result.id());
        }
        PackedResult packed = PackedResult.of(FORM, result);
        int wholeBytes = OWN_BYTES + packed.bytes() + Weight.of(result);
        return new WaitingResult(result, packed, ResourceName.key(probe), wholeBytes);
    }

    /// The same with only the row's bytes.
    public WaitingResult packed() {
        return new WaitingResult(null, packed, key, wholeBytes);
    }

    /// The same with its result at hand.
    public WaitingResult whole() {
        return result == null ? new WaitingResult(packed.unpack(), packed, key, wholeBytes) : this;
    }

    /// The result. It is read from the bytes where there is nothing else.
    public ProbeResult result() {
        return result == null ? packed.unpack() : result;
    }

    /// The key of its probe.
    public long key() {
        return key;
    }

    /// The row's bytes, which the other holders of the result have too.
    public byte[] body() {
        return packed.body();
    }

    /// Its heap.
    public int bytes() {
        return result == null ? OWN_BYTES + packed.bytes() : wholeBytes;
    }

    /// Its heap as long as its row is written.
    public int wholeBytes() {
        return wholeBytes;
    }
}
