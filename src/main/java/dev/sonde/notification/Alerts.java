package dev.sonde.notification;

import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.Told.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The alerts that an Alertmanager is sent now: those that go on, and those that ended lately.
///
/// @param resolvedFor for how long an ended alert is sent as resolved
record Alerts(NotificationStore store, Estate estate, Clock clock, Duration resolvedFor) {

    /// One for each probe and kind: two would be the same alert to an Alertmanager.
    List<Told> of(String receiver) {
        Instant since = clock.instant().minus(resolvedFor);
        Map<String, Told> latest = new HashMap<>();
        for (Told each : store.told(since)) {
            boolean wasSent = each.stage() != Stage.CLOSED || each.delivery() != null;
            if (each.receiver().equals(receiver) && wasSent && estate.owns(each.entry().probe())) {
                latest.merge(each.kind() + " " + each.entry().probe(), each, Alerts::later);
            }
        }
        return new ArrayList<>(latest.values());
    }

    private static Told later(Told one, Told other) {
        boolean isOneOpen = one.stage() != Stage.CLOSED;
        boolean isOtherOpen = other.stage() != Stage.CLOSED;
        if (isOneOpen != isOtherOpen) {
            return isOneOpen ? one : other;
        }
        return one.at().isAfter(other.at()) ? one : other;
    }
}
