package dev.sonde.cluster;

import dev.sonde.cluster.member.MemberMessage.Beat;
import dev.sonde.cluster.member.Peer;
import dev.sonde.result.EventInterest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The other replicas: their latest messages about themselves and the times of these. Safe for any
/// thread.
public final class Peers {

    /// @param begins when it begins to run what is its own; absent until it knows
    /// @param leaving it runs nothing any more
    private record Heard(
            Peer peer,
            long atNanos,
            Instant sentAt,
            @Nullable Instant begins,
            EventInterest interest,
            boolean leaving) {}

    private static final Duration REORDERED = Duration.ofSeconds(2);

    private final Map<UUID, Heard> byMember = new ConcurrentHashMap<>();
    private final LongSupplier ticker;

    public Peers(LongSupplier ticker) {
        this.ticker = ticker;
    }

    void heard(UUID member, Beat beat) {
        byMember.compute(
                member,
                (_, before) -> {
                    Heard now =
                            new Heard(
                                    beat.peer(),
                                    ticker.getAsLong(),
                                    beat.sentAt(),
                                    beat.begins(),
                                    beat.interest(),
                                    false);
                    if (before == null) {
                        return now;
                    }
                    return before.leaving() || isOvertaken(before, now) ? before : now;
                });
    }

    /// Beats may come in another order. A clock that was set back is no reason.
    private static boolean isOvertaken(Heard before, Heard now) {
        Duration lead = Duration.between(now.sentAt(), before.sentAt());
        return lead.isPositive() && lead.compareTo(REORDERED) < 0;
    }

    /// It has run nothing since then.
    void left(UUID member, Peer peer, long sinceNanos) {
        byMember.put(
                member, new Heard(peer, sinceNanos, Instant.MAX, null, EventInterest.NONE, true));
    }

    boolean isLeaving(UUID member) {
        Heard heard = byMember.get(member);
        return heard != null && heard.leaving();
    }

    /// Whether a member has sent anything.
    boolean isHeard(UUID member) {
        return byMember.containsKey(member);
    }

    /// How long a member has been silent.
    ///
    /// @param unknownNanos the answer where it was never heard
    long silentNanos(UUID member, long unknownNanos) {
        Heard heard = byMember.get(member);
        return heard == null ? unknownNanos : ticker.getAsLong() - heard.atNanos();
    }

    /// Whether a member sent something after that.
    boolean hasSentAfter(UUID member, Instant instant) {
        Heard heard = byMember.get(member);
        return heard != null && !heard.leaving() && heard.sentAt().isAfter(instant);
    }

    /// When a member begins, or began, to run what is its own; absent until it has said so.
    @Nullable Instant beginsOf(UUID member) {
        Heard heard = byMember.get(member);
        return heard == null ? null : heard.begins();
    }

    EventInterest interestOf(UUID member) {
        Heard heard = byMember.get(member);
        return heard == null ? EventInterest.NONE : heard.interest();
    }

    Peer of(UUID member) {
        Heard heard = byMember.get(member);
        // It sends its name within milliseconds after it joined.
        return heard == null ? new Peer(member.toString(), null) : heard.peer();
    }

    void retain(Collection<UUID> members) {
        byMember.keySet().retainAll(members);
    }
}
