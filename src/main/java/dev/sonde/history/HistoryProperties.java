package dev.sonde.history;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How long history is kept, `sonde.history.*`.
///
/// @param incidents age at which an ended incident is removed, with its first and last result
/// @param minutes age at which roll-ups of a minute are removed
/// @param fiveMinutes age at which roll-ups of five minutes are removed
/// @param hours age at which roll-ups of an hour are removed
/// @param certificates age at which a certificate that no run has seen again is removed
/// @param days age at which roll-ups of a day are removed
@Validated
@ConfigurationProperties("sonde.history")
public record HistoryProperties(
        @DefaultValue("400d") @DurationMin(hours = 1) Duration incidents,
        @DefaultValue("6h") @DurationMin(hours = 1) Duration minutes,
        @DefaultValue("3d") @DurationMin(hours = 6) Duration fiveMinutes,
        @DefaultValue("35d") @DurationMin(days = 1) Duration hours,
        @DefaultValue("400d") @DurationMin(days = 1) Duration days,
        @DefaultValue("90d") @DurationMin(hours = 1) Duration certificates) {}
