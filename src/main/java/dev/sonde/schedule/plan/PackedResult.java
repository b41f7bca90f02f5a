package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.ResultBytes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The latest result of a probe, in bytes. It stays for an interval, and the collector copies what
/// stays: a tenth of what the result itself takes. Immutable.
public final class PackedResult {

    /// Bytes of the result of a plain connect; they count with the definition.
    private static final int PLAIN_BYTES = 512;

    private final ResultBytes form;
    private final UUID id;
    private final String probe;
    private final @Nullable String replica;
    private final byte[] body;
    private final int extraBytes;

    private PackedResult(ResultBytes form, ProbeResult result, byte[] body, int extraBytes) {
        this.form = form;
        this.id = result.id();
        this.probe = String.valueOf(result.probe());
        this.replica = result.replica();
        this.body = body;
        this.extraBytes = extraBytes;
    }

    /// @param result of the schedule
    static PackedResult of(ResultBytes form, ProbeResult result) {
        byte[] body = form.write(result);
        return new PackedResult(form, result, body, Math.max(0, body.length - PLAIN_BYTES));
    }

    /// The same without steps and timeline, for which the heap's share has no room.
    static PackedResult withoutDetails(ResultBytes form, ProbeResult result) {
        ProbeResult rest = result.withoutDetails();
        return new PackedResult(form, rest, form.write(rest), 0);
    }

    public ProbeResult unpack() {
        return form.read(id, probe, body).withReplica(replica);
    }

    UUID id() {
        return id;
    }

    /// Bytes in the heap's share for details.
    int extraBytes() {
        return extraBytes;
    }
}
