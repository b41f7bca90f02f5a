package dev.sonde.probe;

import java.time.Duration;
import java.util.Map;

/// What a person asks of a scheduled probe; everything but its name.
///
/// @param interval between the starts of two runs; 100 ms to 24 h
/// @param settings whose timeout and steps together do not exceed the interval
/// @param labels at most 32; keys as Prometheus has them, up to 63 characters, values up to 255
/// @param paused whether it rests
public record ProbeSpec(
        Target target,
        Duration interval,
        ProbeSettings settings,
        Map<String, String> labels,
        boolean paused,
        Thresholds thresholds) {

    public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    public static final Duration LONGEST_INTERVAL = Duration.ofHours(24);

    public ProbeSpec {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("an interval is from 100ms to 24h");
        }
        if (settings.timeout().compareTo(interval) > 0) {
            throw new IllegalArgumentException("the timeout must not exceed the interval");
        }
        if (settings.longest().compareTo(interval) > 0) {
            throw new IllegalArgumentException(
                    "the timeout and the steps after it must not exceed the interval together");
        }
        labels = ProbeLabels.requireValid(labels);
    }

    /// A probe with the default settings, but a timeout that fits into the interval.
    public static ProbeSpec of(Target target, Duration interval) {
        ProbeSettings settings =
                interval.compareTo(ProbeSettings.DEFAULT_TIMEOUT) < 0
                        ? ProbeSettings.DEFAULT.withTimeout(interval)
                        : ProbeSettings.DEFAULT;
        return new ProbeSpec(target, interval, settings, Map.of(), false, Thresholds.DEFAULT);
    }

    public ProbeSpec withTarget(Target target) {
        return new ProbeSpec(target, interval, settings, labels, paused, thresholds);
    }

    public ProbeSpec withInterval(Duration interval) {
        return new ProbeSpec(target, interval, settings, labels, paused, thresholds);
    }

    public ProbeSpec withLabels(Map<String, String> labels) {
        return new ProbeSpec(target, interval, settings, labels, paused, thresholds);
    }

    public ProbeSpec withPaused(boolean paused) {
        return new ProbeSpec(target, interval, settings, labels, paused, thresholds);
    }
}
