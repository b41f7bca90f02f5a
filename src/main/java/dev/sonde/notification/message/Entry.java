package dev.sonde.notification.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One incident, or one degraded stretch, in a message.
///
/// @param subject the episode's id
/// @param id of the incident, or of the transition to or from degraded
/// @param state `down`, `degraded` or `up`: the probe's state as the message says it
/// @param to when it ended; absent while it goes on
/// @param endedBy `up`, `degraded`, `paused` or `deleted`; absent while it goes on
/// @param number how many messages this receiver got of it, with this one
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Entry(
        String subject,
        String id,
        String probe,
        String target,
        String state,
        Instant from,
        @Nullable Instant to,
        @Nullable String endedBy,
        @Nullable String phase,
        String reason,
        @Nullable String detail,
        Map<String, String> labels,
        int number) {

    public Entry {
        labels = Map.copyOf(labels);
    }

    /// An episode that goes on, in its first message.
    public static Entry of(Episode episode, String target, Map<String, String> labels) {
        return new Entry(
                episode.id(),
                episode.id(),
                episode.probe(),
                target,
                episode.kind().label(),
                episode.from(),
                null,
                null,
                episode.phase(),
                episode.reason(),
                episode.detail(),
                labels,
                1);
    }

    /// The state of a probe after the end of an episode.
    public static String stateAfter(@Nullable String endedBy) {
        return "degraded".equals(endedBy) ? "degraded" : "up";
    }

    /// The same one after its episode ended.
    public Entry ended(Episode episode, int messages) {
        String by = episode.endedBy();
        String endId = episode.endId() == null ? subject : episode.endId();
        return ended(endId, stateAfter(by), episode.to(), by, messages);
    }

    /// The same one after its end.
    public Entry ended(
            String endId,
            String endState,
            @Nullable Instant at,
            @Nullable String by,
            int messages) {
        return new Entry(
                subject, endId, probe, target, endState, from, at, by, phase, reason, detail,
                labels, messages);
    }

    /// The same one in a further message.
    public Entry again(int messages) {
        return new Entry(
                subject, id, probe, target, state, from, to, endedBy, phase, reason, detail, labels,
                messages);
    }
}
