package dev.sonde.attempt.name;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// One look-up by DNS, in the order of the C library. It asks for the candidates of a name one
/// after the other, and for both families of each at once. Single use. Confined to its loop's
/// thread.
///
/// Source: `__res_context_search` in glibc `resolv/res_query.c`.
final class DnsLookup {

    private final DnsClient client;
    private final ResolverFile config;
    private final NameQuestion question;
    private final long untilNanos;
    private final Consumer<NameVerdict> whenDone;
    private final List<String> candidates;
    private final List<NameVerdict> failures = new ArrayList<>();
    private final List<DnsQuery> asked = new ArrayList<>();
    private final List<DnsReply> replies = new ArrayList<>();
    private int next;

    DnsLookup(
            DnsClient client,
            ResolverFile config,
            NameQuestion question,
            long untilNanos,
            Consumer<NameVerdict> whenDone) {
        this.client = client;
        this.config = config;
        this.question = question;
        this.untilNanos = untilNanos;
        this.whenDone = whenDone;
        this.candidates = config.candidates(question.host());
    }

    void begin() {
        String candidate = candidates.get(next);
        next++;
        Name name;
        try {
            name = Name.fromString(candidate, Name.root);
        } catch (TextParseException _) {
            judge(NameVerdict.impossible(candidate));
            return;
        }
        replies.clear();
        asked.clear();
        if (question.wantsIpv4()) {
            add(candidate, name, Type.A);
        }
        if (question.wantsIpv6()) {
            add(candidate, name, Type.AAAA);
        }
        List.copyOf(asked).forEach(DnsQuery::begin);
    }

    private void add(String candidate, Name name, int type) {
        asked.add(
                new DnsQuery(
                        client,
                        config,
                        DnsQuery.question(name, type),
                        untilNanos,
                        reply -> {
                            replies.add(reply);
                            if (replies.size() == asked.size()) {
                                judge(NameVerdict.of(candidate, families(), replies));
                            }
                        }));
    }

    private String families() {
        if (question.wantsIpv4()) {
            return question.wantsIpv6() ? "IPv4 or IPv6" : "IPv4";
        }
        return "IPv6";
    }

    /// A search goes on after a name that does not exist, has no address, or whose servers fail.
    /// The outcome of the name as written is reported if it was asked first.
    private void judge(NameVerdict verdict) {
        boolean isSilent = verdict.rank() == 0;
        if (verdict.isFound() || (isSilent && failures.isEmpty())) {
            whenDone.accept(verdict);
            return;
        }
        failures.add(verdict);
        if (next < candidates.size() && !isSilent) {
            begin();
            return;
        }
        boolean isAsItIsFirst = candidates.getFirst().equalsIgnoreCase(question.host() + ".");
        whenDone.accept(
                isAsItIsFirst
                        ? failures.getFirst()
                        : failures.stream()
                                .min(Comparator.comparingInt(NameVerdict::rank))
                                .orElseThrow());
    }

    /// No caller waits for the answer any more.
    void cancel() {
        asked.forEach(DnsQuery::cancel);
    }
}
