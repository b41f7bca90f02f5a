package dev.sonde.cluster;

import java.util.List;

/// How the replicas stand, as this one sees them.
///
/// @param members their names, the oldest first
/// @param partitionsOwned by this one
/// @param takeovers how often it took over partitions of a replica that was lost or left
public record ClusterStatus(List<String> members, int partitionsOwned, long takeovers) {}
