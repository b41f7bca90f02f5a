package dev.sonde.api.check;

import dev.sonde.api.settings.SettingsRequest;
import dev.sonde.check.CheckProperties;
import dev.sonde.check.CheckSpec;
import dev.sonde.check.TargetExpression;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.problem.InvalidFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a check is asked to do, as a request says it.
@Schema(name = "CheckRequest", description = "Targets to be probed once, and how")
public record CheckRequest(
        @Schema(
                        description =
                                "At least one of host:port, a.b.c.d:port, [v6]:port; each may expand:"
                                        + " a CIDR block (10.0.0.0/28:22, [2001:db8::/126]:80), port"
                                        + " lists and ranges (db.example:22,80,8000-8010)",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "[\"127.0.0.1:8080\", \"127.0.0.1:1\"]")
                @Nullable List<@Nullable String> targets,
        @Nullable SettingsRequest settings,
        @Schema(
                        description = "Probes started in a second, evenly; unlimited when absent",
                        minimum = "1",
                        maximum = "1000000",
                        example = "5000")
                @Nullable Integer ratePerSecond,
        @Schema(
                        description = "Probes in flight at once",
                        minimum = "1",
                        maximum = "10000",
                        defaultValue = "256",
                        example = "100")
                @Nullable Integer concurrency) {

    private static final int FASTEST = 1_000_000;

    /// What it stands for.
    ///
    /// @throws InvalidRequestException with everything that is wrong
    CheckSpec toSpec(CheckProperties limits) {
        InvalidFields invalid = new InvalidFields();
        List<TargetExpression> expressions = expressions(invalid);
        SettingsRequest given = settings == null ? SettingsRequest.NONE : settings;
        ProbeSettings probeSettings = given.toSettings("settings", invalid);
        int atOnce =
                invalid.number(
                        "concurrency", concurrency, limits.maxConcurrency(), limits.concurrency());
        int rate = invalid.number("ratePerSecond", ratePerSecond, FASTEST, FASTEST);
        invalid.throwIfAny();
        return new CheckSpec(
                expressions, probeSettings, atOnce, ratePerSecond == null ? null : rate);
    }

    private List<TargetExpression> expressions(InvalidFields invalid) {
        if (targets == null || targets.isEmpty()) {
            invalid.add("targets", null, "at least one target");
            return List.of();
        }
        List<TargetExpression> expressions = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            String field = "targets[" + i + "]";
            String text = targets.get(i);
            if (text == null) {
                invalid.add(field, null, "a target, not null");
            }
            TargetExpression expression = invalid.read(field, text, TargetExpression::parse);
            if (expression != null) {
                expressions.add(expression);
            }
        }
        return expressions;
    }
}
