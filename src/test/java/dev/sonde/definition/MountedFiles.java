package dev.sonde.definition;

import dev.sonde.definition.keeping.SetLease;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.util.unit.DataSize;

/// Files of definitions that a service of a test gets when it runs already.
public final class MountedFiles {

    private MountedFiles() {}

    /// They are read when the test says so.
    public static DefinitionFiles of(ApplicationContext service, Path file) {
        return new DefinitionFiles(
                new DefinitionProperties(
                        List.of(file.toString()),
                        Duration.ofDays(1),
                        DataSize.ofKilobytes(64),
                        List.of(),
                        Duration.ofSeconds(10)),
                service.getBean(DocumentReader.class),
                service.getBean(DefinitionSets.class),
                service.getBean(DefinitionSources.class),
                service.getBean(SetLease.class),
                Clock.systemUTC());
    }

    /// Ends what the files of a service own.
    public static void unmount(ApplicationContext service, DefinitionFiles files) {
        files.stop();
        service.getBean(DefinitionSources.class).stop();
        service.getBean(DefinitionSources.class).put(DefinitionFiles.SET, List.of());
        service.getBean(DefinitionSets.class)
                .put(DefinitionFiles.SET, DefinitionDocument.EMPTY, false, null);
    }
}
