package dev.sonde.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The identity of this replica.
///
/// @param replica its name in answers; the host's name by default
@ConfigurationProperties("sonde")
record ReplicaProperties(@Nullable String replica) {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    String name() {
        return replica == null || replica.isBlank() ? hostName() : replica.strip();
    }

    /// The kernel is asked, because a name service may be slow to answer.
    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException _) {
            // Not Linux: any name will do for a replica that is alone.
            return "local";
        }
    }
}
