package dev.sonde.attempt;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The limits of the engine.
///
/// @param loops event loops; 0 means one for each core
/// @param inFlight attempts that may hold a socket at the same time
/// @param queue attempts that may wait for a slot or for a token; beyond it work is refused
/// @param queueTimeout longest wait there before an attempt is refused; an attempt of a check waits
///     until the check ends
/// @param descriptors file descriptors that probes and listeners may hold together; 0 means the
///     process's limit less an eighth. At least 256 are left to everything else.
/// @param reservedPercent of the attempts in flight and waiting, of look-ups and of descriptors
///     that only scheduled runs and `/probe` may use
/// @param connectsPerSecond connects that may leave in a second, in all
/// @param connectsPerSecondPerAddress connects that may leave in a second for one address
/// @param kernelEvidence whether the kernel's evidence is read for every attempt
@Validated
@ConfigurationProperties("sonde.engine")
record EngineProperties(
        @DefaultValue("0") @Min(0) @Max(256) int loops,
        @DefaultValue("4096") @Min(1) @Max(1_000_000) int inFlight,
        @DefaultValue("20000") @Min(0) @Max(10_000_000) int queue,
        @DefaultValue("30s") @NotNull @DurationMin(millis = 1) @DurationMax(hours = 1)
                Duration queueTimeout,
        @DefaultValue("0") @Min(0) @Max(10_000_000) int descriptors,
        @DefaultValue("25") @Min(0) @Max(90) int reservedPercent,
        @DefaultValue("50000") @Min(1) @Max(10_000_000) int connectsPerSecond,
        @DefaultValue("5000") @Min(1) @Max(10_000_000) int connectsPerSecondPerAddress,
        @DefaultValue("true") boolean kernelEvidence) {}
