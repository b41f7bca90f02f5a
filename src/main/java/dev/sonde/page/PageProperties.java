package dev.sonde.page;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/// The settings of the page.
///
/// @param enabled whether browsers get the page; without it `/` answers its JSON index only
/// @param isPublic whether everybody may read badges and `GET /api/v1/status`: names, states,
///     uptime and incidents
/// @param publicTargets whether that status shows targets too
/// @param url base of links to the page in messages; from `server.address` and `server.port` when
///     absent
@ConfigurationProperties("sonde.page")
public record PageProperties(
        @DefaultValue("true") boolean enabled,
        @Name("public") @DefaultValue("false") boolean isPublic,
        @DefaultValue("false") boolean publicTargets,
        @Nullable String url) {}
