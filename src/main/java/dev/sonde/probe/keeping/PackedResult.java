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

    /// The mark of an attempt that never came to a connect.
    private static final long NEVER = Long.MIN_VALUE;

    private static final long[] NONE = {};

    /// When each attempt connected, for a timeline of the other end that comes later. The bytes
    /// lack it. Most results have one attempt.
    private final long firstConnectNanos;

    private final long[] laterConnectNanos;

    private PackedResult(ResultBytes form, ProbeResult result) {
        this.form = form;
        this.id = result.id();
        this.probe = String.valueOf(result.probe());
        this.replica = result.replica();
        this.body = form.write(result);
        int attempts = result.attempts().size();
        this.firstConnectNanos = connectNanos(result.attempts().getFirst());
        this.laterConnectNanos = attempts == 1 ? NONE : new long[attempts - 1];
        for (int i = 1; i < attempts; i++) {
            laterConnectNanos[i - 1] = connectNanos(result.attempts().get(i));
        }
    }

    private static long connectNanos(AttemptResult attempt) {
        Long known = attempt.connectAtNanos();
        return known == null ? NEVER : known;
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
            long nanos = i == 0 ? firstConnectNanos : laterConnectNanos[i - 1];
            attempts.set(i, attempts.get(i).withConnectAt(nanos == NEVER ? null : (Long) nanos));
        }
        return read.withAttempts(attempts);
    }

    public UUID id() {
        return id;
    }

    /// The bytes, which nobody changes.
    public byte[] body() {
        return body;
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
