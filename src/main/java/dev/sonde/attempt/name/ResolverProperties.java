package dev.sonde.attempt.name;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The limits of name resolution.
///
/// @param concurrency names that may be looked up at once; each takes a thread while it lasts
/// @param queue names that may wait for such a thread; beyond it work is refused
/// @param timeout of one look-up; a probe's own timeout, when shorter, wins
@Validated
@ConfigurationProperties("sonde.resolver")
public record ResolverProperties(
        @DefaultValue("16") @Min(1) @Max(1_000) int concurrency,
        @DefaultValue("10000") @Min(0) @Max(1_000_000) int queue,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 10)
                Duration timeout) {}
