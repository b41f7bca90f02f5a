package dev.sonde.store.embedded;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the embedded database, `sonde.store.*`.
///
/// @param acceptLoss number of lost or altered definitions that a start accepts; with 0 such a
///     start is refused
@Validated
@ConfigurationProperties("sonde.store")
public record EmbeddedProperties(@DefaultValue("0") @Min(0) long acceptLoss) {}
