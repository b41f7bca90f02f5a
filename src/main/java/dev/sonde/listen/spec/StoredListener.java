package dev.sonde.listen.spec;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A listener as it outlives a restart.
///
/// @param since time of its creation or replacement; its time to live counts from here
/// @param address its latest address; absent before the first one
/// @param unreadable the reason why this version cannot read the stored definition; absent if it
///     can. An unreadable listener has failed, and its behaviour is a stand-in.
/// @param source the set of definitions that owns it; absent for a listener outside of sets
/// @param isOfAll whether every replica opens it
public record StoredListener(
        ListenerSpec spec,
        Instant since,
        boolean paused,
        @Nullable InetSocketAddress address,
        @Nullable String unreadable,
        @Nullable String source,
        boolean isOfAll) {

    /// @throws InvalidListenerException for a listener of all replicas that is not stored
    public StoredListener {
        if (isOfAll && spec.isTransient()) {
            throw new InvalidListenerException(
                    "labels",
                    ListenerSpec.TRANSIENT + "=true",
                    "replicas read a listener of all of them from the database, where one with this"
                            + " label is not");
        }
    }

    /// One that a single replica opens.
    public StoredListener(
            ListenerSpec spec,
            Instant since,
            boolean paused,
            @Nullable InetSocketAddress address,
            @Nullable String unreadable,
            @Nullable String source) {
        this(spec, since, paused, address, unreadable, source, false);
    }

    /// One that can be used and that no set owns.
    public StoredListener(
            ListenerSpec spec, Instant since, boolean paused, @Nullable InetSocketAddress address) {
        this(spec, since, paused, address, null, null);
    }

    public StoredListener withPaused(boolean rests) {
        return new StoredListener(spec, since, rests, address, unreadable, source, isOfAll);
    }

    public StoredListener withAddress(@Nullable InetSocketAddress other) {
        return new StoredListener(spec, since, paused, other, unreadable, source, isOfAll);
    }

    /// The same with another definition. It keeps its address where it binds to the same one.
    public StoredListener changed(ListenerSpec other, Instant at) {
        InetSocketAddress kept = other.bind().equals(spec.bind()) ? address : null;
        return new StoredListener(other, at, paused, kept, null, source, isOfAll);
    }

    /// The same at every replica. Addresses of replicas differ, so it has none.
    public StoredListener ofAll() {
        return new StoredListener(spec, since, paused, null, unreadable, source, true);
    }

    /// Whether other replicas change its row: one of all replicas, or of a set.
    public boolean isChangedElsewhere() {
        return isOfAll || (source != null && !spec.isTransient());
    }

    /// Time at which it expires; absent when it does not.
    public @Nullable Instant expiresAt() {
        return spec.ttl() == null ? null : since.plus(spec.ttl());
    }
}
