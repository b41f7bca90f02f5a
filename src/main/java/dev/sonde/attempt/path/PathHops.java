package dev.sonde.attempt.path;

import dev.sonde.attempt.connect.IcmpCause;
import dev.sonde.kernel.QueuedError;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.PathReport.Hop;
import dev.sonde.probe.path.PathReport.Message;
import dev.sonde.probe.spec.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The hops of a path so far, and their meaning in one sentence. Confined to its loop's thread.
final class PathHops {

    /// A router that answers so often passes the SYN in a loop.
    private static final int LOOP_ANSWERS = 3;

    private final String target;
    private final TreeMap<Integer, Hop> hops = new TreeMap<>();
    private boolean isReached;
    private @Nullable String end;

    PathHops(InetSocketAddress remote) {
        this.target = AddressText.of(remote.getAddress());
    }

    /// Adds the answer to a SYN.
    ///
    /// @return whether the path ends with it
    boolean add(int ttl, PathAnswer answer) {
        switch (answer) {
            case PathAnswer.Expired(QueuedError.Icmp message, long micros) -> {
                Hop hop = hop(ttl, message, micros);
                hops.put(ttl, hop);
                end = loop(hop);
            }
            case PathAnswer.Rejected(QueuedError.Icmp message, long micros) -> {
                Hop hop = hop(ttl, message, micros);
                hops.put(ttl, hop);
                end =
                        "%s, %s away, ends the path: ICMP%s %s (type %d, code %d)"
                                .formatted(
                                        hop.address() == null ? "a host" : hop.address(),
                                        count(distance(hop)),
                                        message.version() == QueuedError.Version.V4 ? "" : "v6",
                                        IcmpCause.nameOf(message),
                                        message.type(),
                                        message.code());
            }
            case PathAnswer.OfTarget(boolean isRst, long micros) -> {
                hops.put(ttl, new Hop(ttl, target, micros, null));
                isReached = true;
                end = isRst ? rst(ttl) : synAck(ttl);
            }
            case PathAnswer.NotSent(String why) -> broken(why);
            case PathAnswer.Silent _ -> {}
        }
        return end != null;
    }

    /// The path cannot be followed further.
    void broken(String why) {
        end = "the path was left off after %s: %s".formatted(count(last()), why);
    }

    private static Hop hop(int ttl, QueuedError.Icmp message, long micros) {
        InetAddress offender = message.offender();
        String sender = offender == null ? null : AddressText.of(offender);
        return new Hop(ttl, sender, micros, new Message(message.type(), message.code(), sender));
    }

    private @Nullable String loop(Hop hop) {
        List<Integer> places = new ArrayList<>();
        hops.values().stream()
                .filter(other -> hop.address() != null && hop.address().equals(other.address()))
                .forEach(other -> places.add(other.ttl()));
        return places.size() < LOOP_ANSWERS
                ? null
                : "%s passes the SYN in a loop: it answers at the hops %s"
                        .formatted(hop.address(), words(places));
    }

    private static String words(List<Integer> places) {
        return String.join(", ", places.stream().map(String::valueOf).toList());
    }

    private static String rst(int ttl) {
        return "a RST comes from %s away: from the target, or from a firewall on the way"
                .formatted(count(ttl));
    }

    private static String synAck(int ttl) {
        return "a SYN-ACK comes from %s away: from the target, or from a proxy in its name"
                .formatted(count(ttl));
    }

    static String count(int ttl) {
        return ttl == 1 ? "1 hop" : ttl + " hops";
    }

    /// The smallest TTL at which the same address answered. A router's firewall sees packets that
    /// the router passes on, so it answers one TTL later than the router itself.
    private int distance(Hop hop) {
        for (Hop other : hops.values()) {
            if (other.address() != null && other.address().equals(hop.address())) {
                return other.ttl();
            }
        }
        return hop.ttl();
    }

    /// The greatest TTL that was answered; 0 without any.
    private int last() {
        return hops.isEmpty() ? 0 : hops.lastKey();
    }

    /// @param sent how many SYNs were begun
    PathReport report(int sent) {
        int last = last();
        List<Hop> all = new ArrayList<>();
        for (int ttl = 1; ttl <= (isReached ? last : sent); ttl++) {
            all.add(hops.getOrDefault(ttl, Hop.silent(ttl)));
        }
        return new PathReport(
                all, isReached, last == 0 ? null : last, end == null ? vanishes(last, sent) : end);
    }

    private String vanishes(int last, int sent) {
        if (last == 0) {
            return "no hop answers %d SYNs: they vanish at the first hop, or no router reports"
                    .formatted(sent);
        }
        Hop hop = hops.get(last);
        return "the last answer comes from %s, %s away: SYNs with a greater TTL vanish behind it"
                .formatted(hop == null ? "a router" : hop.address(), count(last));
    }
}
