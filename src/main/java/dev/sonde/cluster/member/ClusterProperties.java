package dev.sonde.cluster.member;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Several replicas on one database, `sonde.cluster.*`.
///
/// @param enabled whether this process shares its probes with others
/// @param bindAddress address for connections of the other replicas
/// @param port TCP port for these connections; 0 for any free one
/// @param tlsBundle the `spring.ssl.bundle` with this replica's certificate and the authority that
///     all of them trust
/// @param insecure allows messages without TLS: anybody who reaches the port can read and forge
///     them
/// @param url base address of this replica's API, which the others give to callers. When absent, it
///     is derived from the bind address and the server's port.
/// @param failureTimeout silence after which a replica counts as gone; the end of one is noticed
///     sooner
/// @param pollEvery time between two polls for changes without a notification
@Validated
@ConfigurationProperties("sonde.cluster")
public record ClusterProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("127.0.0.1") String bindAddress,
        @DefaultValue("7800") @Min(0) @Max(65_535) int port,
        @Nullable String tlsBundle,
        @DefaultValue("false") boolean insecure,
        @Nullable URI url,
        @DefaultValue("5s") @DurationMin(millis = 500) @DurationMax(minutes = 5)
                Duration failureTimeout,
        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
                Duration pollEvery) {

    /// Time between two signs of life to the other replicas.
    public Duration beatEvery() {
        return beatEvery(failureTimeout);
    }

    /// The same for a failure timeout.
    public static Duration beatEvery(Duration failureTimeout) {
        return failureTimeout.dividedBy(25);
    }

    /// Refuses what cannot work, or is not safe and was not declared so.
    ///
    /// @param databaseUrl `spring.datasource.url`
    /// @param replica `sonde.replica`
    public void requireUsable(@Nullable String databaseUrl, String replica) {
        if (replica.equals("all")) {
            throw new ClusterSettingsException(
                    "sonde.replica=all names no replica, because a listener with \"replica\": \"all\""
                            + " is opened by every one.",
                    "Set sonde.replica to another name.");
        }
        if (databaseUrl == null || !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new ClusterSettingsException(
                    "sonde.cluster.enabled=true needs a PostgreSQL that all replicas share, and"
                            + " spring.datasource.url "
                            + (databaseUrl == null ? "names none." : "names another database."),
                    "Set spring.datasource.url=jdbc:postgresql://host:5432/name, or remove"
                            + " sonde.cluster.enabled.");
        }
        boolean isSecured = tlsBundle != null && !tlsBundle.isBlank();
        if (!isSecured && !insecure) {
            throw new ClusterSettingsException(
                    "Every host that reaches the port of sonde.cluster could join the replicas, and no setting says which may.",
                    "Secure it with sonde.cluster.tls-bundle (a spring.ssl.bundle with a key store"
                            + " and a trust store), or declare it open with"
                            + " sonde.cluster.insecure=true.");
        }
        if (isSecured && insecure) {
            throw new ClusterSettingsException(
                    "sonde.cluster.insecure=true says that anybody may join, and"
                            + " sonde.cluster.tls-bundle says who may.",
                    "Remove one of the two.");
        }
    }
}
