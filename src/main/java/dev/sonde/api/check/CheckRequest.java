package dev.sonde.api.check;

import dev.sonde.check.CheckProperties;
import dev.sonde.check.CheckSpec;
import dev.sonde.check.TargetExpression;
import dev.sonde.check.TargetList;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.SettingsForm;
import dev.sonde.probe.spec.ProbeSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// The settings of a check in a request.
@Schema(name = "CheckRequest", description = "Targets to be probed once, and how")
public record CheckRequest(
        @Schema(
                        type = "array",
                        implementation = String[].class,
                        description =
                                "At least one of host:port, a.b.c.d:port, [v6]:port; each may expand:"
                                        + " a CIDR block (10.0.0.0/28:22, [2001:db8::/126]:80), port"
                                        + " lists and ranges (db.example:22,80,8000-8010)",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "[\"127.0.0.1:8080\", \"127.0.0.1:1\"]")
                @JsonDeserialize(using = TargetListReader.class)
                @Nullable TargetList targets,
        @Nullable SettingsForm settings,
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

    /// The check of this request.
    ///
    /// @throws InvalidRequestException with all errors
    CheckSpec toSpec(CheckProperties limits) {
        InvalidFields invalid = new InvalidFields();
        long total = total(invalid);
        SettingsForm given = settings == null ? SettingsForm.NONE : settings;
        ProbeSettings probeSettings = given.toSettings("settings", invalid);
        int atOnce =
                invalid.number(
                        "concurrency", concurrency, limits.maxConcurrency(), limits.concurrency());
        int rate = invalid.number("ratePerSecond", ratePerSecond, FASTEST, FASTEST);
        invalid.throwIfAny();
        return new CheckSpec(
                Objects.requireNonNull(targets),
                total,
                probeSettings,
                atOnce,
                ratePerSecond == null ? null : rate);
    }

    /// Reads every entry once and keeps none of them.
    ///
    /// @return number of targets after expansion
    private long total(InvalidFields invalid) {
        if (targets == null || targets.size() == 0) {
            invalid.add("targets", null, "at least one target");
            return 0;
        }
        long total = 0;
        Iterator<String> texts = targets.texts();
        for (int i = 0; texts.hasNext(); i++) {
            String text = texts.next();
            if (text.equals(TargetList.NULL)) {
                invalid.add("targets[" + i + "]", null, "a target, not null");
            } else {
                total = TargetExpression.saturatedSum(total, count(i, text, invalid));
            }
        }
        return total;
    }

    private static long count(int index, String text, InvalidFields invalid) {
        try {
            return TargetExpression.parseHere(text).count();
        } catch (IllegalArgumentException e) {
            invalid.add("targets[" + index + "]", text, String.valueOf(e.getMessage()));
            return 0;
        }
    }
}
