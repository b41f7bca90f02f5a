package dev.sonde.api.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.body.SentBackAs;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.ProbeForm;
import dev.sonde.form.SettingsForm;
import dev.sonde.form.condition.ExpectForm;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.schedule.NamedSpec;
import dev.sonde.security.SentBytes;
import io.swagger.v3.oas.annotations.media.Schema;
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
                                "1 to 63 lower-case letters, digits, \".\" and \"-\". Optional if the path has it.",
                        pattern = ResourceName.PATTERN,
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
                                "The timeout and the steps after it together must not exceed "
                                        + "the interval. The default timeout is 5s or the rest of "
                                        + "the interval, whichever is shorter.")
                @Nullable SettingsForm settings,
        @Schema(
                        description =
                                "The name of settings in sonde.modules.file, looked up at every "
                                        + "run. A timeout longer than the interval is cut to it. "
                                        + "Excludes settings.",
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
                        description = "Runs in a row, as expected, until it is up",
                        minimum = "1",
                        maximum = "10",
                        defaultValue = "2")
                @Nullable Integer rise,
        @Schema(
                        description =
                                "Runs in a row, not as expected, until it is down; or degraded, until it is degraded",
                        minimum = "1",
                        maximum = "10",
                        defaultValue = "3")
                @Nullable Integer fall,
        @Schema(
                        description =
                                "Expectation on each run; success when absent. Settings may hold it instead.")
                @Nullable ExpectForm expect) {

    /// The request that would make this definition. Values that equal their default are left out. A
    /// default that depends on another field continues to follow that field.
    static ProbeRequest of(ProbeDefinition definition) {
        ProbeForm written = ProbeForm.of(definition.spec());
        ProbeForm form = SentBytes.areShown() ? written : written.withoutSent();
        return new ProbeRequest(
                definition.name(),
                form.target(),
                form.interval(),
                form.settings(),
                form.module(),
                form.labels(),
                form.paused(),
                form.rise(),
                form.fall(),
                form.expect());
    }

    /// The definition of this request.
    ///
    /// @param path the name in the request's path; null if the body has to name the probe
    /// @param modules the settings that have a name
    /// @param invalid collects the errors
    /// @throws InvalidRequestException with all errors
    NamedSpec toNamedSpec(@Nullable String path, ProbeModules modules, InvalidFields invalid) {
        String readName = readName(path, invalid);
        ProbeSpec spec =
                new ProbeForm(
                                target, interval, settings, module, labels, paused, rise, fall,
                                expect)
                        .toSpec(modules, invalid);
        return new NamedSpec(Objects.requireNonNull(readName), spec);
    }

    private @Nullable String readName(@Nullable String path, InvalidFields invalid) {
        if (path != null && name != null && !name.equals(path)) {
            invalid.add("name", name, "the name in the path, or left out");
        }
        String given = path == null ? name : path;
        if (given == null) {
            invalid.add("name", null, "is required");
        }
        return invalid.read("name", given, ResourceName::requireValid);
    }
}
