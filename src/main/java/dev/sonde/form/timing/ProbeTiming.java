package dev.sonde.form.timing;

import dev.sonde.form.DurationText;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.SettingsForm;
import dev.sonde.probe.spec.ProbeSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The timeout of a probe and the time of its steps, as they fit into its interval.
public final class ProbeTiming {

    private ProbeTiming() {}

    /// Reads the settings of a probe.
    ///
    /// @param form absent for the default
    /// @param every the interval; absent where it cannot be read
    public static ProbeSettings read(
            @Nullable SettingsForm form, @Nullable Duration every, InvalidFields invalid) {
        SettingsForm given = form == null ? SettingsForm.NONE : form;
        ProbeSettings read = readTimeout(given, every, invalid);
        if (every != null
                && read.timeout().compareTo(every) <= 0
                && read.longest().compareTo(every) > 0) {
            invalid.add(
                    "settings",
                    null,
                    "the timeout and the steps after it may take %s together, longer than the interval, %s"
                            .formatted(
                                    DurationText.format(read.longest()),
                                    DurationText.format(every)));
        }
        return read;
    }

    private static ProbeSettings readTimeout(
            SettingsForm given, @Nullable Duration every, InvalidFields invalid) {
        ProbeSettings read = given.toSettings("settings", invalid);
        if (given.timeout() == null) {
            return every == null ? read : read.withTimeout(usualTimeout(every, read));
        }
        if (!isWholeMillis(read.timeout())) {
            invalid.add("settings.timeout", given.timeout(), "in whole milliseconds");
        }
        if (every != null && read.timeout().compareTo(every) > 0) {
            invalid.add(
                    "settings.timeout",
                    given.timeout(),
                    "must not exceed the interval, " + DurationText.format(every));
        }
        return read;
    }

    /// The part of the interval that the steps after the connect leave, if it is less than the
    /// default.
    public static Duration usualTimeout(Duration every, ProbeSettings settings) {
        Duration left = every.minus(settings.longest().minus(settings.timeout()));
        if (left.compareTo(ProbeSettings.SHORTEST_TIMEOUT) < 0) {
            return ProbeSettings.SHORTEST_TIMEOUT;
        }
        return left.compareTo(ProbeSettings.DEFAULT_TIMEOUT) < 0
                ? left
                : ProbeSettings.DEFAULT_TIMEOUT;
    }

    /// Requires a duration in whole milliseconds.
    ///
    /// @throws IllegalArgumentException where a part of a millisecond is given
    public static Duration wholeMillis(Duration read) {
        if (!isWholeMillis(read)) {
            throw new IllegalArgumentException("in whole milliseconds");
        }
        return read;
    }

    private static boolean isWholeMillis(Duration read) {
        return read.equals(read.truncatedTo(ChronoUnit.MILLIS));
    }
}
