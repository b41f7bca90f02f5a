package dev.sonde.probe.keeping;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A result of the schedule in bytes, a quarter of the heap that the result itself takes. Results
/// stay for many seconds, and the collector copies what stays. Immutable.
public final class PackedResult {

    /// Heap of this object with its id.
    private static final int OWN_BYTES = 120;

    /// Bytes of the result of a plain connect; they count with the definition.
    private static final int PLAIN_BYTES = 512;

    /// The latest of each thread: several holders pack one result after the other.
    private static final ThreadLocal<@Nullable Latest> LATEST = new ThreadLocal<>();

    private record Latest(ProbeResult result, PackedResult packed) {}

    private final ResultBytes form;
    private final UUID id;
    private final String probe;
    private final @Nullable String replica;
    private final byte[] body;

    /// Of each attempt, for a timeline of the other end that comes later. The bytes lack it.
    private final @Nullable Long[] connectsAtNanos;

    private PackedResult(ResultBytes form, ProbeResult result) {
        this.form = form;
        this.id = result.id();
        this.probe = String.valueOf(result.probe());
        this.replica = result.replica();
        this.body = form.write(result);
        this.connectsAtNanos = new Long[result.attempts().size()];
        for (int i = 0; i < connectsAtNanos.length; i++) {
            connectsAtNanos[i] = result.attempts().get(i).connectAtNanos();
        }
    }

    /// The bytes of a result of a probe.
    @SuppressWarnings("ReferenceEquality") // a comparison by value would cost more than it saves
    public static PackedResult of(ResultBytes form, ProbeResult result) {
        Latest latest = LATEST.get();
        if (latest != null && latest.result() == result) {
            return latest.packed();
        }
        PackedResult packed = new PackedResult(form, result);
        LATEST.set(new Latest(result, packed));
        return packed;
    }

    public ProbeResult unpack() {
        ProbeResult read = form.read(id, probe, body).withReplica(replica);
        List<AttemptResult> attempts = new ArrayList<>(read.attempts());
        for (int i = 0; i < attempts.size(); i++) {
            attempts.set(i, attempts.get(i).withConnectAt(connectsAtNanos[i]));
        }
        return read.withAttempts(attempts);
    }

    public UUID id() {
        return id;
    }

    /// Its heap.
    public int bytes() {
        return OWN_BYTES + body.length;
    }

    /// Heap beyond that of a plain connect's result.
    public int extraBytes() {
        return Math.max(0, body.length - PLAIN_BYTES);
    }
}
