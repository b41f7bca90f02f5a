package dev.sonde.attempt.name;

import dev.sonde.probe.finding.NameEvidence;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/// The outcome of a query for the addresses of one family of one name.
sealed interface DnsReply {

    /// A server answered.
    ///
    /// @param code the response code by its name, such as `NXDOMAIN`
    /// @param addresses at the end of the aliases
    /// @param aliases from the name that was asked for on; only that name if it is no alias
    /// @param ttlSeconds for which the answer may be used again
    /// @param server that gave it
    /// @param rttMicros from the query to the answer
    record Answered(
            String code,
            List<InetAddress> addresses,
            List<String> aliases,
            long ttlSeconds,
            String server,
            long rttMicros)
            implements DnsReply {

        boolean isOk() {
            return code.equals("NOERROR");
        }

        boolean isMissing() {
            return code.equals("NXDOMAIN");
        }

        NameEvidence evidence() {
            return new NameEvidence(
                    NameEvidence.Source.DNS,
                    code,
                    server,
                    rttMicros,
                    aliases.size() < 2 ? null : aliases,
                    ttlSeconds,
                    false);
        }

        /// The aliases lead back to one of them.
        boolean isLoop() {
            return new HashSet<>(aliases).size() < aliases.size();
        }
    }

    /// No server answered within the time.
    ///
    /// @param servers that were asked
    record Silent(String servers) implements DnsReply {}

    /// No question could be asked.
    ///
    /// @param server that was to be asked
    record Refused(String why, String server) implements DnsReply {}

    static Answered of(Message message, Name asked, String server, long rttMicros) {
        List<Record> answers = message.getSection(Section.ANSWER);
        List<String> aliases = new ArrayList<>(List.of(text(asked)));
        Set<Name> passed = new HashSet<>();
        List<InetAddress> addresses = new ArrayList<>();
        long ttl = Long.MAX_VALUE;
        Name at = asked;
        while (passed.add(at)) {
            Name next = at;
            for (Record record : answers) {
                if (!record.getName().equals(at)) {
                    continue;
                }
                switch (record) {
                    case ARecord a -> addresses.add(a.getAddress());
                    case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
                    case CNAMERecord alias -> next = alias.getTarget();
                    default -> {
                        continue; // such as a signature
                    }
                }
                ttl = Math.min(ttl, record.getTTL());
            }
            if (next.equals(at)) {
                break;
            }
            at = next;
            aliases.add(text(at));
        }
        return new Answered(
                Rcode.string(message.getRcode()),
                addresses,
                aliases,
                addresses.isEmpty() ? negativeTtl(message) : ttl,
                server,
                rttMicros);
    }

    /// The time for which a negative answer holds (RFC 2308 section 5).
    private static long negativeTtl(Message message) {
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                return Math.min(soa.getTTL(), soa.getMinimum());
            }
        }
        return 0;
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
