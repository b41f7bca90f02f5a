package dev.sonde.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of HTTP connections.
///
/// @param max connections in all; when absent, an eighth of the heap at their measured cost
/// @param maxPerAddress connections of one address, or of the /64 of an IPv6 one; when absent, half
///     of all. Addresses of `sonde.security.trusted-proxies` have no limit of their own.
/// @param headerTimeout longest time for a whole request header
/// @param bodyTimeout longest time for a whole request body
/// @param bulkBodyTimeout longest time for the body of a bulk request
/// @param bodyMemory bytes of request bodies in memory at once; when absent, a 32nd of the heap
@ConfigurationProperties("sonde.api.connections")
public record ConnectionProperties(
        @Nullable Integer max,
        @Nullable Integer maxPerAddress,
        @DefaultValue("10s") Duration headerTimeout,
        @DefaultValue("30s") Duration bodyTimeout,
        @DefaultValue("10m") Duration bulkBodyTimeout,
        @Nullable DataSize bodyMemory) {

    private static final String PREFIX = "sonde.api.connections.";

    public ConnectionProperties {
        requireLeast(max, "max", 4);
        requireLeast(maxPerAddress, "max-per-address", 2);
        requirePositive(headerTimeout, "header-timeout");
        requirePositive(bodyTimeout, "body-timeout");
        requirePositive(bulkBodyTimeout, "bulk-body-timeout");
        if (bodyMemory != null && bodyMemory.toBytes() < 1) {
            throw new IllegalArgumentException(PREFIX + "body-memory is at least 1B");
        }
    }

    private static void requireLeast(@Nullable Integer value, String name, int least) {
        if (value != null && value < least) {
            throw new IllegalArgumentException(
                    "%s%s is %d; the least is %d".formatted(PREFIX, name, value, least));
        }
    }

    private static void requirePositive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "%s%s is %s; it has to be positive".formatted(PREFIX, name, value));
        }
    }
}
