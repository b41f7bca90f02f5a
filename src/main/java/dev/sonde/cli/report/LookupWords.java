package dev.sonde.cli.report;

import dev.sonde.probe.finding.NameEvidence;
import java.util.ArrayList;
import java.util.List;

/// The look-up of a name in the words of a line.
final class LookupWords {

    private LookupWords() {}

    /// The facts as far as they are known: `10.0.0.10:53, NOERROR, RTT 0.4 ms, TTL 30 s`.
    static String of(NameEvidence lookup) {
        List<String> facts = new ArrayList<>();
        facts.add(
                switch (lookup.source()) {
                    case HOSTS_FILE -> "/etc/hosts";
                    case SYSTEM -> "the system's resolver";
                    case DNS -> lookup.server() == null ? "DNS" : lookup.server();
                });
        if (lookup.source() == NameEvidence.Source.DNS) {
            facts.add(lookup.code() == null ? "no answer" : lookup.code());
        }
        Long rtt = lookup.rttMicros();
        Words.add(facts, "RTT", rtt == null ? null : Words.time(rtt * 1_000));
        Long ttl = lookup.ttlSeconds();
        Words.add(facts, "TTL", ttl == null ? null : ttl + " s");
        List<String> aliases = lookup.aliases();
        Words.add(facts, "aliases", aliases == null ? null : String.join(" -> ", aliases));
        if (Boolean.TRUE.equals(lookup.fromCache())) {
            facts.add("from the cache");
        }
        return String.join(", ", facts);
    }
}
