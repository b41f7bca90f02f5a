package dev.sonde.toxiproxy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Toxiproxy's API.
///
/// @param port of its own, the default of clients is 8474; off when absent; 0 leaves the choice to
///     the kernel
/// @param address bind address; `server.address` when absent
/// @param open whether it needs no token, also where the service needs one
/// @param persist whether its proxies outlive a restart
/// @param file a JSON configuration of Toxiproxy that is read at start
@Validated
@ConfigurationProperties("sonde.toxiproxy")
record ToxiproxyProperties(
        @Nullable @Min(0) @Max(65_535) Integer port,
        @Nullable String address,
        @DefaultValue("false") boolean open,
        @DefaultValue("false") boolean persist,
        @Nullable Path file) {}
