package dev.sonde.notification.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message to one receiver.
///
/// @param id the same at each attempt; later ones sort after it
/// @param suspect `own_network` where so many probes changed at once that this host's own network
///     or name service may be the cause
/// @param at when it was made
public record Message(
        String id,
        String receiver,
        MessageEvent event,
        List<Entry> entries,
        @Nullable String suspect,
        Instant at) {

    public Message {
        entries = List.copyOf(entries);
    }

    public Message with(List<Entry> other) {
        return new Message(id, receiver, event, other, suspect, at);
    }

    /// The largest number of messages that one of its incidents had.
    public int number() {
        return entries.stream().mapToInt(Entry::number).max().orElse(1);
    }
}
