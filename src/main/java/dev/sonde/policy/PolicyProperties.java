package dev.sonde.policy;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which addresses may be connected to.
///
/// @param targets rules for the addresses that probes connect to
@ConfigurationProperties("sonde.policy")
record PolicyProperties(@DefaultValue Targets targets) {

    /// @param allow blocks that may be probed, `CIDR`, `CIDR:port` or `CIDR:from-to`; when empty,
    ///     everything that is neither denied nor denied by default
    /// @param deny blocks that may never be probed; wins over `allow`
    record Targets(@DefaultValue List<String> allow, @DefaultValue List<String> deny) {}
}
