package dev.sonde.api.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.body.SentBackAs;
import dev.sonde.form.DurationText;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.SettingsForm;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import dev.sonde.schedule.NamedSpec;
import dev.sonde.security.SentBytes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A scheduled probe, as a request says it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@SentBackAs(ScheduledProbeView.class)
@Schema(name = "ProbeRequest", description = "A target to be probed again and again, and how")
public record ProbeRequest(
        @Schema(
                        description =
                                "1 to 63 lower-case letters, digits, \".\" and \"-\". Where the path has"
                                        + " it, it may be left out here.",
                        pattern = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?",
                        example = "orders-db")
                @Nullable String name,
        @Schema(
                        description = "host:port, a.b.c.d:port or [v6]:port",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "127.0.0.1:8080")
                @Nullable String target,
        @Schema(
                        description = "Between the starts of two runs, from 100ms to 24h",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "10s")
                @Nullable String interval,
        @Schema(
                        description =
                                "The timeout and the steps after it must not exceed the interval"
                                        + " together; where no timeout is given it is 5s or what the"
                                        + " steps leave of the interval, whichever is shorter.")
                @Nullable SettingsForm settings,
        @Schema(
                        description =
                                "The name of settings in sonde.modules.file, looked up at every run; a"
                                        + " timeout longer than the interval is cut to it. Excludes"
                                        + " settings.",
                        example = "tcp_connect")
                @Nullable String module,
        @Schema(
                        description =
                                "At most 32; keys like those of Prometheus, values up to 255 characters",
                        example = "{\"team\": \"payments\"}")
                @Nullable Map<String, @Nullable String> labels,
        @Schema(description = "A paused probe does not run; false when absent")
                @Nullable Boolean paused,
        @Schema(
                        description = "Successes in a row until it is up",
                        minimum = "1",
                        maximum = "10",
                        defaultValue = "2")
                @Nullable Integer rise,
        @Schema(
                        description = "Failures in a row until it is down",
                        minimum = "1",
                        maximum = "10",
                        defaultValue = "3")
                @Nullable Integer fall) {

    /// The request that would make this definition. What is as it would be by default is left out,
    /// so that a default which depends on another field goes on following it.
    static ProbeRequest of(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        Duration usual = usualTimeout(spec.interval(), spec.settings());
        boolean isUsual = spec.settings().timeout().equals(usual);
        SettingsForm written = SettingsForm.of(spec.settings());
        SettingsForm settings = SentBytes.areShown() ? written : written.withoutSent();
        return new ProbeRequest(
                definition.name(),
                spec.target().toString(),
                DurationText.format(spec.interval()),
                spec.module() != null ? null : isUsual ? settings.withoutTimeout() : settings,
                spec.module(),
                Map.copyOf(spec.labels()),
                spec.paused(),
                spec.thresholds().rise(),
                spec.thresholds().fall());
    }

    /// What it stands for.
    ///
    /// @param path the name in the request's path; null where the body has to name the probe
    /// @param modules the settings that have a name
    /// @param invalid collects what is wrong
    /// @throws InvalidRequestException with everything that is wrong
    NamedSpec toNamedSpec(@Nullable String path, ProbeModules modules, InvalidFields invalid) {
        String readName = readName(path, invalid);
        Target to = required("target", target, invalid) ? readTarget(invalid) : null;
        Duration every = required("interval", interval, invalid) ? readInterval(invalid) : null;
        ProbeSettings how =
                module == null
                        ? readSettings(every, invalid)
                        : settingsOfModule(modules, every, invalid);
        Map<String, String> tags = new ProbeLabelReader(invalid).read(labels);
        int up = invalid.number("rise", rise, Thresholds.MOST, Thresholds.DEFAULT.rise());
        int down = invalid.number("fall", fall, Thresholds.MOST, Thresholds.DEFAULT.fall());
        invalid.throwIfAny();
        return new NamedSpec(
                Objects.requireNonNull(readName),
                new ProbeSpec(
                        Objects.requireNonNull(to),
                        Objects.requireNonNull(every),
                        how,
                        module,
                        tags,
                        Boolean.TRUE.equals(paused),
                        new Thresholds(up, down)));
    }

    private @Nullable String readName(@Nullable String path, InvalidFields invalid) {
        if (path != null && name != null && !name.equals(path)) {
            invalid.add("name", name, "the name in the path, or left out");
        }
        String given = path == null ? name : path;
        required("name", given, invalid);
        return invalid.read("name", given, ResourceName::requireValid);
    }

    private @Nullable Target readTarget(InvalidFields invalid) {
        return invalid.read(
                "target", target, invalid.keeps(target) ? Target::parse : Target::parseHere);
    }

    private @Nullable Duration readInterval(InvalidFields invalid) {
        return invalid.read(
                "interval",
                interval,
                text -> ProbeSpec.requireInterval(wholeMillis(DurationText.parse(text))));
    }

    private ProbeSettings settingsOfModule(
            ProbeModules modules, @Nullable Duration every, InvalidFields invalid) {
        Duration within = Objects.requireNonNullElse(every, ProbeSpec.LONGEST_INTERVAL);
        var _ = invalid.read("module", module, it -> ProbeSpec.settingsOf(it, modules, within));
        if (settings != null && !settings.equals(SettingsForm.NONE)) {
            invalid.add("module", module, "module and settings exclude each other");
        }
        return ProbeSettings.DEFAULT;
    }

    private ProbeSettings readSettings(@Nullable Duration every, InvalidFields invalid) {
        SettingsForm given = settings == null ? SettingsForm.NONE : settings;
        ProbeSettings read = readSettings(given, every, invalid);
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

    private static ProbeSettings readSettings(
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

    /// What the steps after the connect leave of the interval, where that is less than the default.
    private static Duration usualTimeout(Duration every, ProbeSettings settings) {
        Duration left = every.minus(settings.longest().minus(settings.timeout()));
        if (left.compareTo(ProbeSettings.SHORTEST_TIMEOUT) < 0) {
            return ProbeSettings.SHORTEST_TIMEOUT;
        }
        return left.compareTo(ProbeSettings.DEFAULT_TIMEOUT) < 0
                ? left
                : ProbeSettings.DEFAULT_TIMEOUT;
    }

    private static Duration wholeMillis(Duration read) {
        if (!isWholeMillis(read)) {
            throw new IllegalArgumentException("in whole milliseconds");
        }
        return read;
    }

    private static boolean isWholeMillis(Duration read) {
        return read.equals(read.truncatedTo(ChronoUnit.MILLIS));
    }

    private static boolean required(String field, @Nullable String given, InvalidFields invalid) {
        if (given == null) {
            invalid.add(field, null, "is required");
        }
        return given != null;
    }
}
