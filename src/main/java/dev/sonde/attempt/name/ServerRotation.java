package dev.sonde.attempt.name;

import dev.sonde.probe.spec.AddressText;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/// The name servers of one question, asked in turn. Confined to one thread.
final class ServerRotation {

    private final List<InetSocketAddress> servers;
    private final int tries;
    private int tried;

    ServerRotation(ResolverFile config) {
        this.servers = config.servers();
        this.tries = config.servers().size() * config.attempts();
    }

    /// How often a server is asked in all.
    int tries() {
        return tries;
    }

    boolean isUsedUp() {
        return tried >= tries;
    }

    InetSocketAddress next() {
        tried++;
        return latest();
    }

    /// The server that was asked last; the first one before any question.
    InetSocketAddress latest() {
        return servers.get(Math.max(0, tried - 1) % servers.size());
    }

    String latestText() {
        return AddressText.of(latest());
    }

    /// Has the latest server asked once more.
    void again() {
        tried--;
    }

    /// The servers that were asked, for a person.
    String askedText() {
        return servers.subList(0, Math.min(tried, servers.size())).stream()
                .map(AddressText::of)
                .collect(Collectors.joining(", "));
    }
}
