package dev.sonde.store.presented;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The content of the rows of chains, and the times that are newer than the rows. The thread that
/// writes changes it, any thread reads.
final class KnownChains {

    private static final long EVERY_MILLIS = Duration.ofMinutes(10).toMillis();

    /// Beyond it all are forgotten here, and written again when they are seen again.
    private static final int MOST = 100_000;

    private final Map<SeenChain.Place, Known> known = new ConcurrentHashMap<>();

    private record Known(int content, long writtenMillis, Instant seen) {}

    /// Whether the row needs no change. Notes that the chain was seen again.
    boolean contains(SeenChain seen) {
        Known before = known.get(seen.place());
        Instant at = seen.result().startedAt();
        if (before == null
                || before.content() != seen.content()
                || Math.abs(at.toEpochMilli() - before.writtenMillis()) >= EVERY_MILLIS) {
            return false;
        }
        known.put(seen.place(), new Known(seen.content(), before.writtenMillis(), at));
        return true;
    }

    void written(List<SeenChain> chains) {
        if (known.size() > MOST) {
            known.clear();
        }
        for (SeenChain seen : chains) {
            Instant at = seen.result().startedAt();
            known.put(seen.place(), new Known(seen.content(), at.toEpochMilli(), at));
        }
    }

    /// When the chain of a place was seen last; absent where only the row knows.
    @Nullable Instant latest(SeenChain.Place place) {
        Known found = known.get(place);
        return found == null ? null : found.seen();
    }
}
