package dev.sonde.cluster.forward;

import java.util.Map;

/// A request as it is sent to the holder.
///
/// @param target path and query, as the caller sent them
/// @param headers one value for each name
/// @param body empty where there is none
public record ForwardedCall(
        String method, String target, Map<String, String> headers, byte[] body) {}
