package dev.sonde.api.server;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of the HTTP interface.
///
/// @param maxBody longest request body that is read; a longer one is answered with 413
/// @param maxBulkBody the same for many probes in one request, which are read line by line
@ConfigurationProperties("sonde.api")
record ApiProperties(
        @DefaultValue("8MB") DataSize maxBody, @DefaultValue("256MB") DataSize maxBulkBody) {

    ApiProperties {
        if (maxBody.toBytes() < 1) {
            throw new IllegalArgumentException("sonde.api.max-body is at least 1B");
        }
        if (maxBulkBody.toBytes() < 1) {
            throw new IllegalArgumentException("sonde.api.max-bulk-body is at least 1B");
        }
    }
}
