package dev.sonde.api.timeline;

import dev.sonde.api.timeline.TimelineSteps.Party;
import dev.sonde.api.timeline.TimelineSteps.Step;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.List;
import java.util.Locale;

/// The steps of an own listener at the other end, between its program and its kernel.
final class ListenerSteps {

    private ListenerSteps() {}

    /// What one event of the listener's side means.
    static List<Step> of(TimelineEvent event) {
        return switch (event.event()) {
            case "accept_ready", "read_ready" -> List.of(seen(event, "readable"));
            case "write_ready" -> List.of(seen(event, "writable"));
            case "accepted" -> List.of(done(event, "accept()"));
            case "peer_closed" -> List.of(seen(event, "end of stream"));
            case "peer_reset" -> List.of(seen(event, "ECONNRESET"));
            case "error" -> List.of(seen(event, String.valueOf(event.errno())));
            case "close_fin", "close_rst" ->
                    List.of(
                            done(event, "close()"),
                            inferred(event.event().substring("close_".length())));
            default -> List.of(own(event, TimelineSteps.words(event)));
        };
    }

    private static Step seen(TimelineEvent event, String label) {
        String words = label + TimelineSteps.lag(event);
        return new Step(time(event), Party.PEER, Party.LISTENER, words, false);
    }

    private static Step done(TimelineEvent event, String label) {
        return new Step(time(event), Party.LISTENER, Party.PEER, label, false);
    }

    private static Step own(TimelineEvent event, String label) {
        return new Step(time(event), Party.LISTENER, Party.LISTENER, label, false);
    }

    private static Step inferred(String segment) {
        String label = segment.toUpperCase(Locale.ROOT);
        return new Step("", Party.PEER, Party.KERNEL, label, false);
    }

    private static String time(TimelineEvent event) {
        return TimelineSteps.time(event.atMicros());
    }
}
