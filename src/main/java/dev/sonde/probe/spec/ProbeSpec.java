package dev.sonde.probe.spec;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The definition of a scheduled probe as a person writes it, without its name.
///
/// @param interval between the starts of two runs; 100 ms to 24 h
/// @param settings whose timeout and steps together do not exceed the interval. Beside a module
///     only the expectation counts; the rest is default.
/// @param module the name of the settings, looked up at every run; absent when the settings are
///     given here
/// @param labels at most 32; keys by Prometheus' rule, up to 63 characters, values up to 255
/// @param paused whether it does not run
/// @param unreadable the reason why this version cannot read the stored definition; absent if it
///     can. The other fields hold the readable part then, and no run asks the target.
public record ProbeSpec(
        Target target,
        Duration interval,
        ProbeSettings settings,
        @Nullable String module,
        Map<String, String> labels,
        boolean paused,
        Thresholds thresholds,
        @Nullable String unreadable) {

    public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    public static final Duration LONGEST_INTERVAL = Duration.ofHours(24);

    public ProbeSpec {
        requireInterval(interval);
        if (module != null && !settings.withExpect(null).equals(ProbeSettings.DEFAULT)) {
            throw new IllegalArgumentException("module and settings exclude each other");
        }
        if (module == null && settings.timeout().compareTo(interval) > 0) {
            throw new IllegalArgumentException("the timeout must not exceed the interval");
        }
        if (module == null && settings.longest().compareTo(interval) > 0) {
            throw new IllegalArgumentException(
                    "the timeout and the steps after it must not exceed the interval together");
        }
        labels = ProbeLabels.requireValid(labels);
    }

    /// A spec that can be used.
    public ProbeSpec(
            Target target,
            Duration interval,
            ProbeSettings settings,
            @Nullable String module,
            Map<String, String> labels,
            boolean paused,
            Thresholds thresholds) {
        this(target, interval, settings, module, labels, paused, thresholds, null);
    }

    /// Hands back an interval in range.
    ///
    /// @throws IllegalArgumentException where it is not
    public static Duration requireInterval(Duration interval) {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("an interval is from 100ms to 24h");
        }
        return interval;
    }

    /// A probe with the default settings, but a timeout that fits into the interval.
    public static ProbeSpec of(Target target, Duration interval) {
        ProbeSettings settings =
                interval.compareTo(ProbeSettings.DEFAULT_TIMEOUT) < 0
                        ? ProbeSettings.DEFAULT.withTimeout(interval)
                        : ProbeSettings.DEFAULT;
        return new ProbeSpec(target, interval, settings, null, Map.of(), false, Thresholds.DEFAULT);
    }

    public ProbeSpec withTarget(Target target) {
        return new ProbeSpec(
                target, interval, settings, module, labels, paused, thresholds, unreadable);
    }

    public ProbeSpec withInterval(Duration interval) {
        return new ProbeSpec(
                target, interval, settings, module, labels, paused, thresholds, unreadable);
    }

    public ProbeSpec withLabels(Map<String, String> labels) {
        return new ProbeSpec(
                target, interval, settings, module, labels, paused, thresholds, unreadable);
    }

    public ProbeSpec withPaused(boolean paused) {
        return new ProbeSpec(
                target, interval, settings, module, labels, paused, thresholds, unreadable);
    }

    /// The settings of a run.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, when its module cannot be
    ///     used
    public ProbeSettings settingsNow(ProbeModules modules) {
        if (unreadable != null) {
            throw new IllegalArgumentException(unreadable);
        }
        if (module == null) {
            return settings;
        }
        ProbeSettings named = settingsOf(module, modules, interval);
        return settings.expect() == null ? named : named.withExpect(settings.expect());
    }

    /// The settings of a module, with a timeout that fits into the interval.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, when the module cannot be
    ///     used this often
    public static ProbeSettings settingsOf(String module, ProbeModules modules, Duration interval) {
        ProbeSettings found = modules.settingsOf(module);
        Duration most = interval.minus(found.longest()).plus(found.timeout());
        if (most.compareTo(ProbeSettings.SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException(
                    "the steps of module " + module + " take longer than the interval");
        }
        return found.timeout().compareTo(most) > 0 ? found.withTimeout(most) : found;
    }
}
