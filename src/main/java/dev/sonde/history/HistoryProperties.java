package dev.sonde.history;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How long history is kept, `sonde.history.*`.
///
/// @param incidents age at which an ended incident is removed, with its first and last result
@Validated
@ConfigurationProperties("sonde.history")
public record HistoryProperties(@DefaultValue("400d") @DurationMin(hours = 1) Duration incidents) {}
