package dev.sonde.cluster;

import dev.sonde.cluster.member.Peer;
import java.util.Optional;
import java.util.UUID;

/// Who has what, among the replicas. Safe for any thread; never blocks.
public interface Replicas {

    /// The name of the replica that runs a probe.
    String ownerOf(String probe);

    /// The other replica that gave this id to a check, or to a result that is kept in memory alone;
    /// empty where that was this one, or is gone.
    Optional<Peer> makerOf(UUID id);

    /// Another replica that is there.
    Optional<Peer> named(String name);

    /// Empty where this one is alone.
    Optional<ClusterStatus> status();

    /// Of a process that is alone.
    static Replicas alone(String name) {
        return new Replicas() {
            @Override
            public String ownerOf(String probe) {
                return name;
            }

            @Override
            public Optional<Peer> makerOf(UUID id) {
                return Optional.empty();
            }

            @Override
            public Optional<Peer> named(String other) {
                return Optional.empty();
            }

            @Override
            public Optional<ClusterStatus> status() {
                return Optional.empty();
            }
        };
    }
}
