package dev.sonde.attempt.name;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NameEvidence;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The names that need no look-up: those of `/etc/hosts`, and recent answers. Confined to one
/// thread.
final class NameTable {

    private final Supplier<HostsFile> hosts;
    private final AnswerCache cache = new AnswerCache();

    NameTable(Supplier<HostsFile> hosts) {
        this.hosts = hosts;
    }

    static AnswerCache.Key key(NameQuestion question) {
        String host = question.host().toLowerCase(Locale.ROOT);
        return new AnswerCache.Key(host, question.wantsIpv4(), question.wantsIpv6());
    }

    @Nullable NameVerdict find(NameQuestion question, long nowNanos) {
        List<InetAddress> listed = inHosts(question);
        if (!listed.isEmpty()) {
            return new NameVerdict(
                    listed, FailureReason.NO_ADDRESS, "", 0, NameEvidence.OF_HOSTS_FILE);
        }
        NameVerdict cached = cache.get(key(question), question.reuseNanos(), nowNanos);
        return cached == null ? null : cached.asCached();
    }

    void keep(AnswerCache.Key key, NameVerdict verdict, long nowNanos) {
        cache.put(key, verdict, nowNanos);
    }

    private List<InetAddress> inHosts(NameQuestion question) {
        return hosts.get().of(question.host()).stream()
                .filter(
                        address ->
                                address instanceof Inet4Address
                                        ? question.wantsIpv4()
                                        : question.wantsIpv6())
                .toList();
    }
}
