package dev.sonde.cluster;

import java.util.List;

/// The state of the replicas as this one sees it.
///
/// @param members their names, the oldest first
/// @param partitionsOwned by this one
/// @param takeovers how often it took over partitions of a replica that was lost or left
public record ClusterStatus(List<String> members, int partitionsOwned, long takeovers) {}
