package dev.sonde.start;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the whole service.
///
/// @param dataDir folder of definitions, results, keys and certificates
@ConfigurationProperties("sonde")
record ServiceProperties(@DefaultValue("./data") Path dataDir) {}
