package dev.sonde.listen.spec;

import dev.sonde.dialogue.Delay;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Limits of a listener's connections.
///
/// @param connections open at once; a further one is reset
/// @param idle how long nothing may pass in either direction
/// @param lifetime how long a connection may last
/// @param bytes how many may pass in either direction
public record Limits(
        int connections,
        @Nullable Duration idle,
        @Nullable Duration lifetime,
        @Nullable Long bytes) {

    public static final int USUAL_CONNECTIONS = 1_000;
    public static final Limits USUAL = new Limits(USUAL_CONNECTIONS, null, null, null);

    static final int MOST_CONNECTIONS = 1_000_000;

    public Limits {
        Bounds.number("limits.connections", connections, 1, MOST_CONNECTIONS);
        if (idle != null) {
            Bounds.limit("limits.idle", idle);
        }
        if (lifetime != null) {
            Bounds.limit("limits.lifetime", lifetime);
        }
        if (idle != null && lifetime != null && idle.compareTo(lifetime) > 0) {
            throw new InvalidListenerException(
                    "limits.idle",
                    idle,
                    "longer than limits.lifetime, so it would never be reached");
        }
        if (bytes != null) {
            Bounds.number("limits.bytes", bytes, 1, 1L << 50);
        }
    }

    /// Refuses a behaviour that these limits make impossible.
    ///
    /// @param path of the behaviour in the listener's description
    void requireRoomFor(String path, Behaviour behaviour) {
        switch (behaviour) {
            case Behaviour.Close(Delay after) -> requireTimeFor(path + ".after", after);
            case Behaviour.Reset(Delay after) -> requireTimeFor(path + ".after", after);
            case Behaviour.Echo(Delay delay) -> requireTimeFor(path + ".delay", delay);
            case Behaviour.Stream stream -> {
                requireTimeFor(path + ".every", stream.every());
                Long wanted = stream.bytes();
                requireBytesFor(path + ".bytes", wanted == null ? 1 : wanted);
            }
            case Behaviour.Banner banner ->
                    requireBytesFor(path + ".data", banner.data().bytes().remaining());
            case Behaviour.Dialogue _,
                    Behaviour.Discard _,
                    Behaviour.Proxy _,
                    Sequence _,
                    Chance _,
                    Behaviour.Refuse _,
                    Behaviour.Hold _,
                    Behaviour.Stall _,
                    Behaviour.NeverAccept _,
                    Behaviour.QueueFull _,
                    Behaviour.HalfEstablish _ -> {}
        }
    }

    private void requireTimeFor(String field, Delay delay) {
        Duration wait = delay.length();
        if (isOver(wait, lifetime)) {
            throw new InvalidListenerException(
                    field, wait, "not shorter than limits.lifetime, so it would never be reached");
        }
        if (isOver(wait, idle)) {
            throw new InvalidListenerException(
                    field, wait, "not shorter than limits.idle, so it would never be reached");
        }
    }

    private static boolean isOver(Duration wait, @Nullable Duration limit) {
        return limit != null && wait.compareTo(limit) >= 0;
    }

    private void requireBytesFor(String field, long wanted) {
        if (bytes != null && wanted > bytes) {
            throw new InvalidListenerException(
                    field, null, "more than limits.bytes, so it would never be reached");
        }
    }
}
