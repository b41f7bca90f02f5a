package dev.sonde.api.maintenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.InstantText;
import dev.sonde.form.DurationText;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.maintenance.CronTiming;
import dev.sonde.maintenance.Maintenance;
import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.maintenance.OnceTiming;
import dev.sonde.maintenance.Selection;
import dev.sonde.maintenance.Timing;
import dev.sonde.probe.spec.ResourceName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A maintenance, as a request says it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "MaintenanceRequest",
        description =
                "Probes by label or by names, and windows by from and to or by cron, duration and zone")
record MaintenanceRequest(
        @Schema(
                        description =
                                "Labels that a probe has (team=payments) or has not (team!=mail),"
                                        + " separated by commas; all of them must hold. Excludes probes.",
                        example = "team=payments")
                @Nullable String label,
        @Schema(
                        description = "Names of probes, 1 to 1000. Excludes label.",
                        example = "[\"orders-db\"]")
                @Nullable List<@Nullable String> probes,
        @Schema(
                        description =
                                "Begin of the only window, now when absent. It may be in the past as far"
                                        + " as raw results reach.",
                        example = "2026-11-28T22:00:00Z")
                @Nullable String from,
        @Schema(
                        description = "End of the only window, exclusive. Excludes cron.",
                        example = "2026-11-28T23:00:00Z")
                @Nullable String to,
        @Schema(
                        description =
                                "Begin of windows: minute, hour, day of month, month, day of week, by the"
                                        + " clock of the zone. Excludes from and to.",
                        example = "30 2 * * SUN")
                @Nullable String cron,
        @Schema(
                        description = "Length of every window of cron, elapsed time from 1m to 31d",
                        example = "1h")
                @Nullable String duration,
        @Schema(description = "Time zone of cron; UTC when absent", example = "Europe/Berlin")
                @Nullable String zone,
        @Schema(description = "A text for people, up to 1000 characters", maxLength = 1000)
                @Nullable String comment) {

    private static final int MOST_NAMES = 1_000;

    /// @param selection the probes
    /// @param timing the windows
    record Read(Selection selection, Timing timing, @Nullable String comment) {}

    /// The maintenance of this request.
    ///
    /// @throws InvalidRequestException with all errors
    Read read(Instant now) {
        InvalidFields invalid = new InvalidFields();
        Selection selection = selection(invalid);
        Timing timing = cron == null ? once(now, invalid) : cron(cron, now, invalid);
        if (comment != null && comment.length() > Maintenance.LONGEST_COMMENT) {
            invalid.add(
                    "comment",
                    comment,
                    "at most %d characters".formatted(Maintenance.LONGEST_COMMENT));
        }
        invalid.throwIfAny();
        return new Read(Objects.requireNonNull(selection), Objects.requireNonNull(timing), comment);
    }

    private @Nullable Selection selection(InvalidFields invalid) {
        if ((label == null) == (probes == null)) {
            invalid.add("label", label, "either label or probes is required");
            return null;
        }
        if (label == null) {
            return Selection.byNames(names(Objects.requireNonNull(probes), invalid));
        }
        try {
            return Selection.byLabels(
                    Arrays.stream(label.split(",", -1)).map(String::strip).toList());
        } catch (InvalidRequestException e) {
            invalid.add("label", label, e.fields().getFirst().message());
            return null;
        }
    }

    private static Set<String> names(List<@Nullable String> given, InvalidFields invalid) {
        if (given.isEmpty() || given.size() > MOST_NAMES) {
            invalid.add("probes", null, "1 to %d names".formatted(MOST_NAMES));
        }
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < Math.min(given.size(), MOST_NAMES); i++) {
            String name = Objects.requireNonNullElse(given.get(i), "");
            String read = invalid.read("probes[" + i + "]", name, ResourceName::requireValid);
            if (read != null) {
                names.add(read);
            }
        }
        return names;
    }

    private @Nullable Timing once(Instant now, InvalidFields invalid) {
        if (duration != null || zone != null) {
            invalid.add("cron", null, "duration and zone belong to cron");
        }
        if (to == null) {
            invalid.add("to", null, "either to or cron is required");
            return null;
        }
        Instant begin = from == null ? now : instant("from", from, now, invalid);
        Instant end = instant("to", to, now, invalid);
        if (begin == null || end == null) {
            return null;
        }
        if (!begin.isBefore(end)) {
            invalid.add("to", to, "an instant after from, " + begin);
            return null;
        }
        return new OnceTiming(new MaintenanceWindow(begin, end));
    }

    private static @Nullable Instant instant(
            String field, String text, Instant now, InvalidFields invalid) {
        try {
            return InstantText.read(field, text, now);
        } catch (InvalidRequestException e) {
            invalid.add(field, text, e.fields().getFirst().message());
            return null;
        }
    }

    private @Nullable Timing cron(String text, Instant now, InvalidFields invalid) {
        if (from != null || to != null) {
            invalid.add("cron", text, "cron excludes from and to");
        }
        if (duration == null) {
            invalid.add("duration", null, "is required with cron");
            return null;
        }
        Duration length = invalid.read("duration", duration, DurationText::parse);
        ZoneId where = invalid.read("zone", zone == null ? "UTC" : zone, MaintenanceRequest::zone);
        return length == null || where == null
                ? null
                : invalid.read(
                        "cron", text, it -> CronTiming.of(it, length, where).requireUsable(now));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a zone such as UTC, Europe/Berlin or +02:00", e);
        }
    }
}
