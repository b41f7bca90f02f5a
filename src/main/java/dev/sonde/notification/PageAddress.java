package dev.sonde.notification;

import dev.sonde.notification.message.ServiceFacts;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/// The base of links in messages: a setting, else the address of this service. Safe for any thread.
final class PageAddress {

    private final @Nullable String given;
    private final Environment environment;

    PageAddress(@Nullable String given, Environment environment) {
        this.given = given == null || given.isBlank() ? null : given.strip();
        this.environment = environment;
    }

    ServiceFacts facts(String version, String replica, Duration groupWithin) {
        return new ServiceFacts("sonde", version, replica, url(), groupWithin);
    }

    /// Without a slash at its end.
    String url() {
        String url = given == null ? own() : given;
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// The port is known once the server listens.
    private String own() {
        String host = environment.getProperty("server.address", "127.0.0.1");
        String port =
                environment.getProperty(
                        "local.server.port", environment.getProperty("server.port", "8080"));
        boolean isBare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return "%s://%s:%s%s"
                .formatted(
                        isSecure() ? "https" : "http",
                        isBare ? "[" + host + "]" : host,
                        port,
                        environment.getProperty("server.servlet.context-path", ""));
    }

    private boolean isSecure() {
        return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && Stream.of("bundle", "key-store", "certificate")
                        .anyMatch(it -> environment.containsProperty("server.ssl." + it));
    }
}
