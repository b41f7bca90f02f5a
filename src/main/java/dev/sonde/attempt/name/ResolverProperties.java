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
/// @param mode how names are looked up: `dns` asks `/etc/hosts` and the servers of
///     `/etc/resolv.conf`; `system` asks the C library, which may know other sources
/// @param concurrency names that may be looked up at once; in the mode `system` each takes a thread
/// @param queue names beyond `concurrency` that may wait; more are refused
/// @param timeout of one look-up; a probe's own timeout, when shorter, wins
@Validated
@ConfigurationProperties("sonde.resolver")
public record ResolverProperties(
        @DefaultValue("dns") @NotNull Mode mode,
        @DefaultValue("16") @Min(1) @Max(1_000) int concurrency,
        @DefaultValue("10000") @Min(0) @Max(1_000_000) int queue,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 10)
                Duration timeout) {

    /// How names are looked up.
    public enum Mode {
        DNS,
        SYSTEM
    }
}
