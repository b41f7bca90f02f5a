package dev.sonde.probe.keeping;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// This process among those that share its database.
///
/// @param name its name in answers
/// @param member its id among the others, new at every start; absent for a single process
public record Replica(String name, @Nullable UUID member) {

    private static final int TAG_BITS = 16;
    private static final long TAG = (1 << TAG_BITS) - 1;

    /// A process that shares its database with no other.
    public static Replica alone(String name) {
        return new Replica(name, null);
    }

    public boolean isAlone() {
        return member == null;
    }

    /// The name in its results; absent for a single process.
    public @Nullable String nameAmongOthers() {
        return isAlone() ? null : name;
    }

    /// An id of an object that only this replica holds. The last 16 bits name the replica, so that
    /// any other replica can find the holder. A single process leaves the id unchanged.
    public UUID mark(UUID id) {
        return member == null
                ? id
                : new UUID(
                        id.getMostSignificantBits(),
                        (id.getLeastSignificantBits() & ~TAG) | tagOf(member));
    }

    /// The same for an id that is a number: the number moves above those 16 bits.
    public long mark(long number) {
        return member == null ? number : number << TAG_BITS | tagOf(member);
    }

    /// Those 16 bits of a marked number.
    public static int tagOf(long number) {
        return (int) (number & TAG);
    }

    /// Those 16 bits, of a marked id as of a member.
    public static int tagOf(UUID id) {
        return (int) (id.getLeastSignificantBits() & TAG);
    }
}
