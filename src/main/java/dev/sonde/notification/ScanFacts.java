package dev.sonde.notification;

import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.notification.receiver.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// The facts of one moment, as one scan finds them.
///
/// @param episodes that this process answers for
/// @param waiting ids of messages that were not delivered yet
record ScanFacts(
        List<Episode> episodes, Set<String> waiting, ProbeFacts.Finder probes, Instant now) {

    private boolean isUndelivered(Told before) {
        return before.delivery() != null && waiting.contains(before.delivery());
    }

    /// Whether the probe is under maintenance.
    boolean isSilenced(String probe, ProbeFacts facts) {
        return probes.isUnderMaintenance(probe, facts.labels());
    }

    /// Whether a receiver is to be reminded of an episode that goes on.
    boolean isReminderDue(Receiver receiver, Told before) {
        Duration reminder = receiver.reminder();
        return reminder != null
                && !(receiver.channel() instanceof Channel.Alertmanager)
                && !isUndelivered(before)
                && Duration.between(before.at(), now).compareTo(reminder) >= 0;
    }

    /// The number of the next message. One that replaces an undelivered message has its number.
    int number(Told before) {
        return before.entry().number() + (isUndelivered(before) ? 0 : 1);
    }
}
