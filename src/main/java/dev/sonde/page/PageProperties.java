package dev.sonde.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings of the page.
///
/// @param enabled whether browsers get the page; without it `/` answers its JSON index only
@ConfigurationProperties("sonde.page")
record PageProperties(@DefaultValue("true") boolean enabled) {}
