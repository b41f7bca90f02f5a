package dev.sonde.toxiproxy;

import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.spec.ResourceName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// The names of proxies and of their listeners. A name that a listener cannot have is kept in the
/// label `toxiproxy`.
final class ProxyNames {

    static final String LABEL = "toxiproxy";

    private static final Pattern ALLOWED = Pattern.compile(ResourceName.PATTERN);
    private static final int LONGEST_STEM = 50;

    private ProxyNames() {}

    /// The name of a listener's proxy.
    static String of(ListenerSpec spec) {
        return spec.labels().getOrDefault(LABEL, spec.name());
    }

    /// The name of a proxy's listener.
    static String listener(String proxy) {
        if (ALLOWED.matcher(proxy).matches()) {
            return proxy;
        }
        String plain = proxy.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String stem = plain.replaceAll("^-|-$", "");
        String cut = stem.length() > LONGEST_STEM ? stem.substring(0, LONGEST_STEM) : stem;
        CRC32 hash = new CRC32();
        hash.update(proxy.getBytes(StandardCharsets.UTF_8));
        return (cut.isEmpty() ? "proxy" : cut) + "-" + Long.toHexString(hash.getValue());
    }
}
