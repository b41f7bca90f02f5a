package dev.sonde.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Decides which members count: those of the latest view, but for those that leave or hang, and
/// those that only the database still sees. Owned by the cluster's thread of views.
///
/// A closed connection is the end of a member. Silence is not, as long as it beats in the database:
/// then the network is divided, and each side keeps its share.
public final class Presence {

    private final UUID self;
    private final Peers peers;
    private final Predicate<UUID> isSeen;
    private final long timeoutNanos;
    private List<UUID> view = List.of();
    private List<UUID> counted = List.of();

    /// @param isSeen whether a member's sign of life in the database is recent
    /// @param failureTimeout silence after which a member counts as gone
    public Presence(UUID self, Peers peers, Predicate<UUID> isSeen, Duration failureTimeout) {
        this.self = self;
        this.peers = peers;
        this.isSeen = isSeen;
        this.timeoutNanos = failureTimeout.toNanos();
    }

    /// The members that count from now on; the oldest of the view first.
    ///
    /// @param latest the members of the latest view
    List<UUID> view(List<UUID> latest) {
        view = List.copyOf(latest);
        return count();
    }

    /// The members that count now, when nothing but time has passed.
    List<UUID> count() {
        List<UUID> now = new ArrayList<>();
        for (UUID member : view) {
            if (member.equals(self) || isPresent(member, timeoutNanos)) {
                now.add(member);
            }
        }
        for (UUID member : counted) {
            if (!view.contains(member) && isApart(member)) {
                now.add(member);
            }
        }
        counted = List.copyOf(now);
        return counted;
    }

    /// Forgets the members that neither are in the view nor count.
    void forgetOthers() {
        Set<UUID> known = new HashSet<>(view);
        known.addAll(counted);
        peers.retain(known);
    }

    private boolean isPresent(UUID member, long patienceNanos) {
        return !peers.isLeaving(member)
                && (peers.silentNanos(member, 0) < patienceNanos || isSeen.test(member));
    }

    /// Whether it was silent when the view lost it, so that its connection was not closed.
    private boolean isApart(UUID member) {
        return peers.silentNanos(member, 0) >= timeoutNanos / 2 && isPresent(member, 0);
    }

    /// Whether a member's sign of life in the database is, or soon will be, of interest.
    boolean isDoubtful() {
        return counted.stream()
                .anyMatch(
                        member ->
                                !member.equals(self)
                                        && peers.silentNanos(member, 0) > timeoutNanos / 4);
    }

    /// Whether another member of the view has sent something since then, and so counts this one.
    boolean isHeardSince(Instant instant) {
        return view.stream()
                .anyMatch(member -> !member.equals(self) && peers.hasSentAfter(member, instant));
    }
}
