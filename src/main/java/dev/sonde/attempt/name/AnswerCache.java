package dev.sonde.attempt.name;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Answers that may be used again for a short time (RFC 2308 for negative ones). The one that was
/// not used for longest gives way. Confined to one thread.
final class AnswerCache {

    private static final int MOST = 10_000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_NEGATIVE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<Key, Kept> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
                    return size() > MOST;
                }
            };

    /// The name and the families that were asked for.
    record Key(String host, boolean isIpv4, boolean isIpv6) {}

    private record Kept(NameVerdict verdict, long atNanos) {

        long longestNanos() {
            long ttlNanos = TimeUnit.SECONDS.toNanos(Math.min(verdict.ttlSeconds(), 3_600));
            return Math.min(ttlNanos, verdict.isFound() ? LONGEST_NANOS : LONGEST_NEGATIVE_NANOS);
        }
    }

    void put(Key key, NameVerdict verdict, long nowNanos) {
        Kept entry = new Kept(verdict, nowNanos);
        if (entry.longestNanos() > 0) {
            entries.put(key, entry);
        } else {
            entries.remove(key);
        }
    }

    /// @param reuseNanos how old it may be for who asks
    @Nullable NameVerdict get(Key key, long reuseNanos, long nowNanos) {
        if (reuseNanos <= 0) {
            return null;
        }
        Kept entry = entries.get(key);
        return entry != null
                        && nowNanos - entry.atNanos() < Math.min(reuseNanos, entry.longestNanos())
                ? entry.verdict()
                : null;
    }
}
