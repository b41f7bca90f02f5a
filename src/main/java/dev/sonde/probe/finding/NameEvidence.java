package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The evidence of a look-up: the source of the answer, and the answer's own data.
///
/// @param code the response code by its name, such as `NXDOMAIN`; absent without an answer of DNS
/// @param server that answered, or the servers that did not
/// @param rttMicros from the query to the answer, microseconds
/// @param aliases from the name on that was asked for; absent without an alias
/// @param ttlSeconds for which the answer may be used again
/// @param fromCache whether an earlier answer was used again; absent outside of DNS
public record NameEvidence(
        Source source,
        @Nullable String code,
        @Nullable String server,
        @Nullable Long rttMicros,
        @Nullable List<String> aliases,
        @Nullable Long ttlSeconds,
        @Nullable Boolean fromCache) {

    /// The source of an answer.
    public enum Source {
        /// The file `/etc/hosts`.
        HOSTS_FILE,
        DNS,
        /// The C library, which does not report more.
        SYSTEM;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    public static final NameEvidence OF_HOSTS_FILE = of(Source.HOSTS_FILE);
    public static final NameEvidence OF_SYSTEM = of(Source.SYSTEM);

    public NameEvidence {
        aliases = aliases == null ? null : List.copyOf(aliases);
    }

    private static NameEvidence of(Source source) {
        return new NameEvidence(source, null, null, null, null, null, null);
    }

    /// A query of DNS without an answer.
    public static NameEvidence unanswered(String servers) {
        return new NameEvidence(Source.DNS, null, servers, null, null, null, false);
    }

    /// The same as an answer that is used again.
    public NameEvidence asCached() {
        return new NameEvidence(source, code, server, rttMicros, aliases, ttlSeconds, true);
    }
}
