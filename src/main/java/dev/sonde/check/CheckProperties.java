package dev.sonde.check;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How much checks may take.
///
/// @param concurrency probes in flight of a check that names no number
/// @param maxConcurrency the most that a check may name
/// @param maxTargets of one check, after expansion
/// @param waitedTargets of a check whose caller waits for one answer, after expansion
/// @param maxRunning checks that run at once
/// @param keptNumber ended checks that can still be asked for
/// @param keptFor how long an ended check can still be asked for
/// @param keptResults of all checks that are not streamed, running and ended
/// @param streamWindow results of a streamed check that are in flight or wait for their reader
@Validated
@ConfigurationProperties("sonde.checks")
public record CheckProperties(
        @DefaultValue("256") @Min(1) int concurrency,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int maxConcurrency,
        @DefaultValue("1000000") @Min(1) @Max(1_000_000_000) int maxTargets,
        @DefaultValue("10000") @Min(1) int waitedTargets,
        @DefaultValue("64") @Min(1) int maxRunning,
        @DefaultValue("100") @Min(0) int keptNumber,
        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 30)
                Duration keptFor,
        @DefaultValue("500000") @Min(1) int keptResults,
        @DefaultValue("8192") @Min(1) int streamWindow) {

    /// The limits of a service without settings of its own.
    static final CheckProperties USUAL =
            new CheckProperties(
                    256,
                    10_000,
                    1_000_000,
                    10_000,
                    64,
                    100,
                    Duration.ofMinutes(10),
                    500_000,
                    8_192);
}
