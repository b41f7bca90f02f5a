package dev.sonde.eventloop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The handlers to call without a report of the selector. Their channels hold bytes that have left
/// the socket, or their readiness came when the turn's time was used up.
///
/// The list holds a handler once, with all of its readiness; first come, first called. Owned by the
/// loop's thread.
final class ReadyList {

    private final LinkedHashMap<ChannelHandler, Integer> waiting = new LinkedHashMap<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    void add(ChannelHandler handler, int readyOps) {
        waiting.merge(handler, readyOps, (before, more) -> before | more);
    }

    /// Takes the first one out.
    Map.@Nullable Entry<ChannelHandler, Integer> poll() {
        return waiting.pollFirstEntry();
    }

    /// Takes one handler out.
    ///
    /// @return what it is ready for; null where it does not wait
    @Nullable Integer remove(ChannelHandler handler) {
        return waiting.isEmpty() ? null : waiting.remove(handler);
    }

    void clear() {
        waiting.clear();
    }
}
