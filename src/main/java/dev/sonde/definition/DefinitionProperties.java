package dev.sonde.definition;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Documents of definitions, `sonde.definitions.*`.
///
/// @param files of the set `files`: paths, globs and directories; no such set when empty
/// @param checkEvery time between two polls of the files for changes
/// @param maxSize longest document that is read, from a request, from all files together or from
///     one source
/// @param sourceDirs directories whose files of targets a document over HTTP may name. Empty means
///     none, or any file where the service is open on loopback
/// @param sourceTimeout time for one reading of a server that lists targets
@Validated
@ConfigurationProperties("sonde.definitions")
public record DefinitionProperties(
        @DefaultValue List<String> files,
        @DefaultValue("2s") @DurationMin(millis = 100) Duration checkEvery,
        @DefaultValue("32MB") DataSize maxSize,
        @DefaultValue List<Path> sourceDirs,
        @DefaultValue("10s") @DurationMin(millis = 100) Duration sourceTimeout) {

    public DefinitionProperties {
        sourceDirs = sourceDirs.stream().map(each -> each.toAbsolutePath().normalize()).toList();
        if (maxSize.toBytes() < 1) {
            throw new IllegalArgumentException("sonde.definitions.max-size is at least 1B");
        }
    }
}
