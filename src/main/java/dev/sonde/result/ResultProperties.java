package dev.sonde.result;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How many results are held in memory to be found by id.
///
/// @param recentNumber of all probes together; about 400 bytes each, 800 of a check
/// @param recentAge since it ended; at most three minutes where the database has it
@Validated
@ConfigurationProperties("sonde.results")
public record ResultProperties(
        @DefaultValue("100000") @Min(1) @Max(100_000_000) int recentNumber,
        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 30)
                Duration recentAge) {}
