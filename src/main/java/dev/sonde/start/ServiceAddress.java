package dev.sonde.start;

import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/// The address of this service's own HTTP port, as a base of links.
public final class ServiceAddress {

    private ServiceAddress() {}

    /// Such as `https://127.0.0.1:8443`, without a slash at its end. The address is the one that is
    /// bound to. An unspecified one is reached under any of the host's addresses, and loopback is
    /// one of them. The port is known once the server listens.
    public static String url(Environment environment) {
        String port =
                environment.getProperty(
                        "local.server.port", environment.getProperty("server.port", "8080"));
        String path = environment.getProperty("server.servlet.context-path", "");
        return "%s://%s:%s%s"
                .formatted(
                        isSecure(environment) ? "https" : "http",
                        host(environment.getProperty("server.address", "")),
                        port,
                        path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    private static String host(String address) {
        return switch (address) {
            case "", "0.0.0.0", "::", "[::]" -> "127.0.0.1";
            default ->
                    address.indexOf(':') >= 0 && !address.startsWith("[")
                            ? "[" + address + "]"
                            : address;
        };
    }

    /// Whether the port has TLS.
    public static boolean isSecure(Environment environment) {
        return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && Stream.of("bundle", "key-store", "certificate")
                        .anyMatch(it -> environment.containsProperty("server.ssl." + it));
    }
}
