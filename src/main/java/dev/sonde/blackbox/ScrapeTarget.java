package dev.sonde.blackbox;

import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.HostAndPort;
import dev.sonde.probe.spec.Target;
import java.util.regex.Pattern;

/// Reads the `target` of a scrape as blackbox_exporter does: the port may be a service's name or
/// have leading zeros, and a name may stand in brackets.
final class ScrapeTarget {

    private static final Pattern ZEROS = Pattern.compile("^0+(?=\\d)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private ScrapeTarget() {}

    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    static Target parse(String text) {
        HostAndPort parts = HostAndPort.split(text);
        return new Target(parts.host(), port(parts.port()));
    }

    private static int port(String text) {
        if (NAME.matcher(text).matches()) {
            return ServiceNames.ofHost()
                    .port(text)
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "no TCP service has the name "
                                                    + Excerpt.quoted(text)
                                                    + " (/etc/services)"));
        }
        return Target.port(ZEROS.matcher(text).replaceFirst(""));
    }
}
