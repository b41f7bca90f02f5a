package dev.sonde.notification.message;

import java.time.Duration;

/// The service as its messages name it.
///
/// @param url base of links, without a slash at its end
/// @param groupWithin changes of this time go in one message
public record ServiceFacts(
        String name, String version, String replica, String url, Duration groupWithin) {

    /// The page of a probe.
    public String pageOf(String probe) {
        return url + "/#/probe/" + probe;
    }
}
