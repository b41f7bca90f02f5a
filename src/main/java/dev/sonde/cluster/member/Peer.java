package dev.sonde.cluster.member;

import org.jspecify.annotations.Nullable;

/// A replica as the others and their callers know it.
///
/// @param url base address of its API; absent until the replica has sent it
public record Peer(String name, @Nullable String url) {}
