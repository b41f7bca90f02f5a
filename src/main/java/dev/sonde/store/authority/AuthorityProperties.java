package dev.sonde.store.authority;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of the built-in authority, `sonde.authority.*`.
///
/// @param keyFile file of the keys that encrypt the authority in the database, one in a line: 32
///     bytes in Base64. The first one encrypts, the others only decrypt. Without it the embedded
///     database has a file of its own, and PostgreSQL has no authority
@ConfigurationProperties("sonde.authority")
public record AuthorityProperties(@Nullable Path keyFile) {}
