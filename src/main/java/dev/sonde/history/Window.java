package dev.sonde.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A stretch of time, as exact as the kept tiers allow.
///
/// @param from the begin in use: the requested one, or the begin of the finest step that is still
///     kept there
/// @param to the end that is used, which may be in the future
/// @param stretches that cover it, coarse inside and fine at the ends
public record Window(Instant from, Instant to, List<RunHistory.Stretch> stretches) {

    public Window {
        stretches = List.copyOf(stretches);
    }

    /// The window as it can be answered now.
    ///
    /// @param now later runs do not exist, so the last bucket of every tier is whole
    public static Window of(Instant from, Instant to, Instant now, HistoryProperties kept) {
        Tier finest = finest(from, now, kept);
        long begin = finest.floor(from.getEpochSecond());
        long end =
                to.isBefore(now)
                        ? finest.ceiling(to.getEpochSecond())
                        : Tier.DAY.ceiling(now.getEpochSecond() + 1);
        List<RunHistory.Stretch> stretches = new ArrayList<>();
        cover(stretches, Tier.DAY, finest, begin, end);
        stretches.sort((a, b) -> Long.compare(a.from(), b.from()));
        return new Window(
                Instant.ofEpochSecond(begin),
                to.isBefore(now) ? Instant.ofEpochSecond(end) : to,
                stretches);
    }

    private static Tier finest(Instant from, Instant now, HistoryProperties kept) {
        for (Tier tier : Tier.values()) {
            if (tier.floor(from.getEpochSecond()) >= tier.keptSince(now, kept)) {
                return tier;
            }
        }
        return Tier.DAY;
    }

    private static void cover(
            List<RunHistory.Stretch> stretches, Tier tier, Tier finest, long from, long to) {
        long first = tier == finest ? tier.floor(from) : tier.ceiling(from);
        long last = tier == finest ? tier.ceiling(to) : tier.floor(to);
        boolean isCovered = first < last;
        if (isCovered) {
            stretches.add(new RunHistory.Stretch(tier, first, last));
        }
        if (tier == finest) {
            return;
        }
        Tier finer = tier.finer();
        if (!isCovered) {
            coverRest(stretches, finer, finest, from, to);
        } else {
            coverRest(stretches, finer, finest, from, first);
            coverRest(stretches, finer, finest, last, to);
        }
    }

    private static void coverRest(
            List<RunHistory.Stretch> stretches, Tier tier, Tier finest, long from, long to) {
        if (from < to) {
            cover(stretches, tier, finest, from, to);
        }
    }
}
