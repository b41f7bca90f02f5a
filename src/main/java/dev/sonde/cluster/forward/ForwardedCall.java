package dev.sonde.cluster.forward;

import java.nio.ByteBuffer;
import java.util.Map;

/// A request as it is sent to the holder.
///
/// @param target path and query, as the caller sent them, below the context path
/// @param headers one value for each name
/// @param body its whole array, empty where there is none
public record ForwardedCall(
        String method, String target, Map<String, String> headers, ByteBuffer body) {

    /// A request that only reads.
    public static ForwardedCall get(String target, Map<String, String> headers) {
        return new ForwardedCall("GET", target, headers, ByteBuffer.allocate(0));
    }
}
