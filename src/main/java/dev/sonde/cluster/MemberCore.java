package dev.sonde.cluster;

import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.cluster.member.Peer;
import dev.sonde.result.EventInterest;
import dev.sonde.schedule.ReplicaChanges;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The decisions of one replica about itself and the others, without threads and sockets. Owned by
/// the cluster's thread of views, but for [#beat], which any thread may call.
public final class MemberCore {

    private final UUID self;
    private final Parts parts;

    /// Since when this process waits for the others after a standstill; absent while it does not.
    private @Nullable Instant wokeAt;

    /// The parts that it drives.
    public record Parts(
            Partitions partitions,
            Peers peers,
            Presence presence,
            Membership membership,
            EventRelay relay,
            ReplicaChanges mirror) {}

    public MemberCore(UUID self, Parts parts) {
        this.self = self;
        this.parts = parts;
    }

    /// A view of the members has come.
    ///
    /// @param isMerge whether members come together that were apart
    public void view(List<UUID> members, boolean isMerge) {
        List<UUID> counted = parts.presence().view(members);
        if (isMerge) {
            wokeAt = null;
        }
        install(counted, isMerge);
        look();
    }

    /// Time has passed, or another member has said something.
    public void look() {
        List<UUID> counted = parts.presence().count();
        if (!counted.equals(parts.partitions().assignment().members())) {
            install(counted, false);
        }
        Instant woke = wokeAt;
        if (woke != null && parts.presence().isHeardSince(woke)) {
            wokeAt = null;
            parts.membership().wake();
        }
        parts.membership().pass();
        parts.relay().setInterests(interests(counted));
    }

    private void install(List<UUID> counted, boolean isMerge) {
        List<UUID> before = parts.partitions().assignment().members();
        parts.membership().install(counted, isMerge);
        parts.presence().forgetOthers();
        parts.relay().setReaders(counted.size() > 1);
        boolean hasNewcomer = !before.isEmpty() && !before.containsAll(counted);
        if (hasNewcomer) {
            parts.mirror().unusual(parts.relay()::onTurn);
        }
    }

    private Map<UUID, EventInterest> interests(List<UUID> counted) {
        Map<UUID, EventInterest> interests = new HashMap<>();
        for (UUID member : counted) {
            EventInterest interest = parts.peers().interestOf(member);
            if (!interest.isNone()) {
                interests.put(member, interest);
            }
        }
        return interests;
    }

    /// This process stood still: it runs nothing until another member has sent something since.
    public void rest(Instant now) {
        parts.membership().rest();
        wokeAt = now;
    }

    /// This replica runs nothing any more, when it has started what was due before its last
    /// instant.
    public void leave() {
        wokeAt = null;
        parts.mirror().awaitLoops();
        parts.membership().rest();
    }

    /// Nobody has been heard for long enough: it runs what is its own.
    void loseHope() {
        if (parts.partitions().isSuspended()) {
            wokeAt = null;
            parts.membership().resume();
        }
    }

    /// Another member goes; it runs nothing that is due from then on.
    ///
    /// @param sinceNanos on the ticker, not in the future
    public void left(UUID member, Peer peer, long sinceNanos) {
        parts.peers().left(member, peer, sinceNanos);
        look();
    }

    /// This replica's sign of life.
    public MemberMessage.Beat beat(Peer own, Instant now, EventInterest interest) {
        return new MemberMessage.Beat(own, now, parts.membership().begins(), interest);
    }

    /// When this replica begins, or began; absent while it cannot know.
    @Nullable Instant begins() {
        return parts.membership().begins();
    }

    /// The other members that count.
    public List<UUID> others() {
        return parts.partitions().assignment().members().stream()
                .filter(member -> !member.equals(self))
                .toList();
    }

    /// How long until [#look] has something to begin, in milliseconds; absent where it has not.
    Optional<Long> untilBegin() {
        return parts.membership().untilBegin();
    }

    /// Whether a beat of another member may bring something about at once.
    boolean isWaitingForOthers() {
        return isLending() || parts.partitions().isSuspended() || parts.membership().isUnnamed();
    }

    /// Whether this replica runs something for a newcomer that has not begun.
    boolean isLending() {
        return !parts.partitions().lentTo().isEmpty();
    }

    boolean isDoubtful() {
        return parts.presence().isDoubtful();
    }
}
