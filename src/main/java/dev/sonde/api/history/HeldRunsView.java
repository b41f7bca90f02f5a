package dev.sonde.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.history.BucketCodec;
import dev.sonde.history.Held;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The runs of one probe that a replica has only in memory, in its answer to another replica.
///
/// @param minutes buckets, as rows have them, in base64
@JsonInclude(JsonInclude.Include.NON_NULL)
record HeldRunsView(String probe, long mark, String minutes, @Nullable Long unwatchedMillis) {

    /// Null where the replica knows nothing of the probe.
    static @Nullable HeldRunsView of(String probe, Held held) {
        if (held.minutes().isEmpty() && held.unwatchedMillis() == null) {
            return null;
        }
        byte[] packed = BucketCodec.write(held.minutes());
        return new HeldRunsView(
                probe,
                held.mark(),
                Base64.getEncoder().encodeToString(packed),
                held.unwatchedMillis());
    }

    /// @throws IllegalArgumentException where the minutes cannot be read
    Held toHeld() {
        return new Held(
                mark,
                BucketCodec.readForeign(Base64.getDecoder().decode(minutes)),
                unwatchedMillis);
    }
}
