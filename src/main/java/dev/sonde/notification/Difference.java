package dev.sonde.notification;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.EpisodeKind;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.Told.Stage;
import dev.sonde.notification.message.ToldChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A difference between what is stored and what a receiver was sent.
///
/// @param before absent where nothing was sent of the episode
/// @param event the occasion of a message; absent where only the record changes
/// @param stage after it
record Difference(
        @Nullable Told before,
        EpisodeKind kind,
        Entry entry,
        @Nullable MessageEvent event,
        Stage stage) {

    /// A difference without a message.
    static Difference silent(@Nullable Told before, EpisodeKind kind, Entry entry, Stage stage) {
        return new Difference(before, kind, entry, null, stage);
    }

    /// @param delivery the message with it; absent for a silent one
    ToldChange change(String receiver, Instant now, @Nullable String delivery) {
        String known = before == null ? null : before.delivery();
        Instant at = before == null || delivery != null ? now : before.at();
        return new ToldChange(
                before,
                new Told(
                        receiver,
                        entry.subject(),
                        kind,
                        stage,
                        at,
                        delivery == null ? known : delivery,
                        entry));
    }
}
