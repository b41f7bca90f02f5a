package dev.sonde.blackbox.modules;

import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.probe.spec.Excerpt;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A module as blackbox_exporter's file has it. Sections of probers that are not for TCP are
/// accepted unread.
record ModuleSection(
        @Nullable String prober,
        @Nullable String timeout,
        @Nullable TcpSection tcp,
        @Nullable Object http,
        @Nullable Object dns,
        @Nullable Object icmp,
        @Nullable Object grpc,
        @Nullable Object unix) {

    static final ModuleSection EMPTY =
            new ModuleSection(null, null, null, null, null, null, null, null);

    private static final Set<String> OTHER_PROBERS = Set.of("http", "dns", "icmp", "grpc", "unix");

    /// @param yaml what stands in the file, secrets masked
    /// @throws IllegalArgumentException with a sentence that names the field
    Module toModule(String name, String yaml) {
        String kind = prober == null ? "" : prober;
        if (tcp != null) {
            tcp.check();
        }
        Duration limit = timeout == null ? null : readTimeout(timeout);
        return new Module(name, kind, limit, use(name, kind, limit), yaml);
    }

    /// A timeout of zero or less is absent.
    private static @Nullable Duration readTimeout(String text) {
        try {
            Duration read = GoDuration.parse(text);
            return read.isPositive() ? read : null;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("timeout: " + e.getMessage(), e);
        }
    }

    private Use use(String name, String kind, @Nullable Duration limit) {
        if (OTHER_PROBERS.contains(kind)) {
            return new Use.Unusable(
                    "Prober %s of module %s is not supported: only tcp is"
                            .formatted(Excerpt.quoted(kind), Excerpt.quoted(name)));
        }
        if (!kind.equals("tcp")) {
            return new Use.Unusable("Unknown prober " + Excerpt.quoted(kind));
        }
        TcpSection section = tcp == null ? TcpSection.PLAIN : tcp;
        String lacking = section.unsupported();
        return lacking == null
                ? new Use.Usable(section.settings(limit))
                : new Use.Unusable(
                        "Module %s asks for tcp.%s, which is not supported"
                                .formatted(Excerpt.quoted(name), lacking));
    }
}
