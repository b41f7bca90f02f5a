package dev.sonde.cluster;

import dev.sonde.cluster.member.Peer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The holders of checks, results and probes among the replicas. Safe for any thread; never blocks.
public interface Replicas {

    /// The name of the replica that runs a probe.
    String ownerOf(String probe);

    /// The other replica that gave this id to a check, or to a result that is only in memory. Empty
    /// if this replica gave it, or if the other one is gone.
    Optional<Peer> makerOf(UUID id);

    /// Another present replica.
    Optional<Peer> named(String name);

    /// The members of the other present replicas.
    List<UUID> others();

    /// The name of a present member; its id until the member has sent its name.
    String nameOf(UUID member);

    /// Empty if this replica is the only one.
    Optional<ClusterStatus> status();

    /// The answer of a single process.
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
            public List<UUID> others() {
                return List.of();
            }

            @Override
            public String nameOf(UUID member) {
                return name;
            }

            @Override
            public Optional<ClusterStatus> status() {
                return Optional.empty();
            }
        };
    }
}
