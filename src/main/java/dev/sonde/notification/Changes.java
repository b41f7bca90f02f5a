package dev.sonde.notification;

import dev.sonde.notification.message.Episode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts the probes that changed at once. The notifier's own.
final class Changes {

    /// With fewer probes, half of them say nothing of the own network.
    private static final int FEWEST = 10;

    private static final String OWN_NETWORK = "own_network";

    /// When an episode's begin or end was first seen, by its id.
    private final Map<String, Long> seen = new HashMap<>();

    private final Map<String, Set<String>> probes = new HashMap<>();

    /// Takes over all episodes of now.
    void see(List<Episode> episodes, long nanos) {
        Set<String> keys = new HashSet<>();
        probes.clear();
        for (Episode episode : episodes) {
            String key = episode.id() + (episode.to() == null ? "" : " ended");
            keys.add(key);
            seen.putIfAbsent(key, nanos);
            probes.computeIfAbsent(key, _ -> new HashSet<>()).add(episode.probe());
        }
        seen.keySet().retainAll(keys);
    }

    /// `own_network` where more than half of all probes changed within this time until now.
    @Nullable String suspect(Duration within, long nanos, long all) {
        if (all < FEWEST) {
            return null;
        }
        Set<String> changed = new HashSet<>();
        long longest = within.toNanos();
        seen.forEach(
                (key, at) -> {
                    if (nanos - at <= longest) {
                        changed.addAll(probes.getOrDefault(key, Set.of()));
                    }
                });
        return changed.size() * 2L > all ? OWN_NETWORK : null;
    }
}
