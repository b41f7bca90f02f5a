package dev.sonde.policy;

import dev.sonde.start.StartException;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

/// The reach of this service's HTTP ports: the API's and management's.
///
/// @param address the API's address; absent when it listens on all addresses
/// @param isLoopbackOnly whether only this host reaches both
public record ServiceReach(@Nullable InetAddress address, boolean isLoopbackOnly) {

    private static final String NO_PORT = "-1";

    /// Reads `server.*` and `management.server.*`.
    ///
    /// @throws StartException where one of the addresses is none
    static ServiceReach of(Environment environment) {
        InetAddress api = address(environment, "server.address");
        String port = environment.getProperty("server.port", "8080");
        String managementPort = environment.getProperty("management.server.port", port);
        boolean hasOwnPort =
                !managementPort.equals(NO_PORT) && !Objects.equals(port, managementPort);
        boolean isManagementInside =
                !hasOwnPort || isLoopback(address(environment, "management.server.address"));
        return new ServiceReach(api, isLoopback(api) && isManagementInside);
    }

    private static @Nullable InetAddress address(Environment environment, String name) {
        try {
            return environment.getProperty(name, InetAddress.class);
        } catch (ConversionException _) {
            throw new StartException(
                    "%s=%s is not an address of this host."
                            .formatted(name, environment.getProperty(name, "")),
                    "Set it to an address of an interface of this host, or to 127.0.0.1.");
        }
    }

    /// No address means that it listens on all of them.
    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
