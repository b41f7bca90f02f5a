package dev.sonde.cluster.member;

import org.jspecify.annotations.Nullable;

/// A replica as the others and their callers know it.
///
/// @param url where it answers its API; absent until it has told
public record Peer(String name, @Nullable String url) {}
