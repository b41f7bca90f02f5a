package dev.sonde.start;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What concerns the whole service.
///
/// @param dataDir where definitions, results, keys and certificates are kept
@ConfigurationProperties("sonde")
record ServiceProperties(@DefaultValue("./data") Path dataDir) {}
