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

/// The limits of the event stream.
///
/// @param kept events from which a subscriber can resume; older ones are gone
/// @param subscribers that may be connected at once
/// @param connectionsPerSecond events of one listener's connections in a second; the rest is
///     counted
/// @param heartbeat how often a silent stream shows that it is alive
@Validated
@ConfigurationProperties("sonde.events")
public record EventProperties(
        @DefaultValue("20000") @Min(100) @Max(1_000_000) int kept,
        @DefaultValue("2000") @Min(1) @Max(100_000) int subscribers,
        @DefaultValue("100") @Min(0) @Max(100_000) int connectionsPerSecond,
        @DefaultValue("15s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
                Duration heartbeat) {}
