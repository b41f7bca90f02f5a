package dev.sonde.notification;

import dev.sonde.notification.message.ServiceFacts;
import dev.sonde.start.ServiceAddress;
import java.time.Duration;
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
        String url = given == null ? ServiceAddress.url(environment) : given;
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
