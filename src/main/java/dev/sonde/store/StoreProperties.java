package dev.sonde.store;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Retention of scheduled probes' results, `sonde.results.*`.
///
/// @param buffer results that may wait for a slow or refusing database; beyond it the oldest are
///     lost
/// @param writeEvery longest time between a result and its row; `kill -9` loses as much. A large
///     batch is written at once
/// @param retention age at which a result is removed
/// @param perProbe results, and changes of state, kept of each probe; up to a tenth more may be
///     present
/// @param diskReserve space on the embedded database's disk that stays free. Below it results wait,
///     and changes of definitions are refused.
/// @param maxSize bytes in use of the embedded database, or of all results on PostgreSQL. Beyond it
///     the oldest results are removed. No bound when absent.
/// @param sweepEvery time between two removals
@Validated
@ConfigurationProperties("sonde.results")
record StoreProperties(
        @DefaultValue("200000") @Min(1_000) int buffer,
        @DefaultValue("500ms") @DurationMin(millis = 10) Duration writeEvery,
        @DefaultValue("64MB") DataSize diskReserve,
        @DefaultValue("7d") @DurationMin(minutes = 1) Duration retention,
        @DefaultValue("1000") @Min(1) int perProbe,
        @Nullable DataSize maxSize,
        @DefaultValue("5m") @DurationMin(seconds = 1) Duration sweepEvery) {

    private static final DataSize SMALLEST = DataSize.ofMegabytes(1);

    StoreProperties {
        if (maxSize != null && maxSize.compareTo(SMALLEST) < 0) {
            throw new IllegalArgumentException(
                    "sonde.results.max-size is %s; it is at least 1MB".formatted(maxSize));
        }
    }
}
