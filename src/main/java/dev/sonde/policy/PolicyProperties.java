package dev.sonde.policy;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which addresses may be connected to, and which may be listened on.
///
/// @param targets rules for the addresses that probes connect to
/// @param binds rules for the addresses that listeners listen on
/// @param floods rules for the addresses that probes may flood
/// @param receivers rules for the addresses of sources and receivers, which this service connects
///     to for itself
@ConfigurationProperties("sonde.policy")
record PolicyProperties(
        @DefaultValue Targets targets,
        @DefaultValue Binds binds,
        @DefaultValue Floods floods,
        @DefaultValue Receivers receivers) {

    /// @param allow blocks that may be probed, `CIDR`, `CIDR:port` or `CIDR:from-to`; when empty,
    ///     everything that is neither denied nor denied by default
    /// @param deny blocks that may never be probed; wins over `allow`
    record Targets(@DefaultValue List<String> allow, @DefaultValue List<String> deny) {}

    /// @param allow blocks and ports that listeners may use, `CIDR`, `CIDR:port` or `CIDR:from-to`;
    ///     the service's own ports are never among them
    record Binds(
            @DefaultValue({"127.0.0.0/8:1024-65535", "[::1]:1024-65535"}) List<String> allow) {}

    /// @param allow blocks and ports that a probe may flood, where it may probe them at all
    record Floods(@DefaultValue({"127.0.0.0/8", "::1/128"}) List<String> allow) {}

    /// @param allow blocks that may be connected to, `CIDR`, `CIDR:port` or `CIDR:from-to`; when
    ///     empty, everything that is neither denied nor denied by default
    /// @param deny blocks that may never be connected to; wins over `allow`
    record Receivers(@DefaultValue List<String> allow, @DefaultValue List<String> deny) {}
}
