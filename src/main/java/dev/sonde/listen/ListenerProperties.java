package dev.sonde.listen;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// The limits of managed listeners.
///
/// @param max listeners at once
/// @param recordMemory bytes that all of them together may take for ended connections and for their
///     peers' bytes
/// @param proxy the limits of proxies
/// @param retry time until a listener is tried again whose port cannot be opened
@Validated
@ConfigurationProperties("sonde.listeners")
record ListenerProperties(
        @DefaultValue("1000") @Min(0) @Max(100_000) int max,
        @DefaultValue("64MB") @NotNull DataSize recordMemory,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1) @DurationMax(hours = 24)
                Duration retry,
        @DefaultValue @NotNull @Valid Proxy proxy) {

    /// The limits of proxies.
    ///
    /// @param buffer bytes that may wait in one direction of one connection; reading stops there
    /// @param memory bytes that may wait in all proxied connections together
    /// @param connectTimeout the longest time from the look-up of the upstream's name to an open
    ///     connection, TLS included
    record Proxy(
            @DefaultValue("256KB") @NotNull DataSize buffer,
            @DefaultValue("64MB") @NotNull DataSize memory,
            @DefaultValue("10s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 10)
                    Duration connectTimeout) {

        Proxy {
            if (buffer.toBytes() < 4_096 || buffer.toBytes() > 1 << 30) {
                throw new IllegalArgumentException(
                        "sonde.listeners.proxy.buffer is from 4KB to 1GB, not " + buffer);
            }
        }
    }
}
