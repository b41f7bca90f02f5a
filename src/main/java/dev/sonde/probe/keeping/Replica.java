package dev.sonde.probe.keeping;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// This process among those that share its database.
///
/// @param name what answers call it
/// @param member what the others know it by, anew at every start; absent where it is alone
public record Replica(String name, @Nullable UUID member) {

    private static final long TAG = 0xFFFF;

    /// A process that shares its database with nobody.
    public static Replica alone(String name) {
        return new Replica(name, null);
    }

    public boolean isAlone() {
        return member == null;
    }

    /// The name that goes with what it finds; absent where there is nobody to be told apart from.
    public @Nullable String nameAmongOthers() {
        return isAlone() ? null : name;
    }

    /// An id of something that this replica alone holds: the last 16 bits say which one that is, so
    /// that another replica, asked for it, can tell who has it. Alone, an id stays as it is.
    public UUID mark(UUID id) {
        return member == null
                ? id
                : new UUID(
                        id.getMostSignificantBits(),
                        (id.getLeastSignificantBits() & ~TAG) | tagOf(member));
    }

    /// Those 16 bits, of a marked id as of a member.
    public static int tagOf(UUID id) {
        return (int) (id.getLeastSignificantBits() & TAG);
    }
}
