package dev.sonde.cluster;

import dev.sonde.cluster.member.Peer;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The other replicas: their latest messages about themselves and the times of these. Safe for any
/// thread.
final class Peers {

    /// @param leaving it has said that it runs nothing any more
    private record Heard(Peer peer, long atNanos, boolean leaving) {}

    private final Map<UUID, Heard> byMember = new ConcurrentHashMap<>();
    private final LongSupplier ticker;

    Peers(LongSupplier ticker) {
        this.ticker = ticker;
    }

    void heard(UUID member, Peer peer, boolean leaving) {
        byMember.compute(
                member,
                (_, before) ->
                        before != null && before.leaving()
                                ? before
                                : new Heard(peer, ticker.getAsLong(), leaving));
    }

    /// How long a member has been silent.
    ///
    /// @param unknownNanos the answer where it was never heard
    long silentNanos(UUID member, long unknownNanos) {
        Heard heard = byMember.get(member);
        return heard == null ? unknownNanos : ticker.getAsLong() - heard.atNanos();
    }

    Peer of(UUID member) {
        Heard heard = byMember.get(member);
        // Within milliseconds of its coming it tells its name.
        return heard == null ? new Peer(member.toString(), null) : heard.peer();
    }

    void retain(Collection<UUID> members) {
        byMember.keySet().retainAll(members);
    }
}
