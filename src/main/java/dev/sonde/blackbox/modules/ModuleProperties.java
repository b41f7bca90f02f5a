package dev.sonde.blackbox.modules;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Named settings and the history of `/probe`, `sonde.modules.*`.
///
/// @param file of named settings, YAML; only `tcp_connect` exists without it
/// @param checkEvery time between two polls of the file for changes
/// @param maxSize of the file; a larger one cannot be used
/// @param history recent answers of `/probe` that `/logs` can show, and as many failed ones beyond
@Validated
@ConfigurationProperties("sonde.modules")
public record ModuleProperties(
        @Nullable Path file,
        @DefaultValue("5s") @DurationMin(millis = 100) Duration checkEvery,
        @DefaultValue("4MB") DataSize maxSize,
        @DefaultValue("100") @Min(0) @Max(100_000) int history) {

    public ModuleProperties {
        if (maxSize.toBytes() < 1) {
            throw new IllegalArgumentException("sonde.modules.max-size is at least 1B");
        }
    }
}
