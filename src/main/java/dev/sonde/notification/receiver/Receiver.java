package dev.sonde.notification.receiver;

import dev.sonde.form.condition.LabelSelector;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A receiver of messages.
///
/// @param probes which probes it hears of
/// @param states `down`, `degraded` and `up`, as far as they are wanted
/// @param delay for how long an episode lasts before its first message
/// @param reminder time after which an incident that goes on is sent again; never when absent
/// @param isGrouped whether changes go in one message
public record Receiver(
        String name,
        Channel channel,
        LabelSelector probes,
        Set<String> states,
        Duration delay,
        @Nullable Duration reminder,
        boolean isGrouped) {

    public boolean wants(String state) {
        return states.contains(state);
    }

    /// Whether it gets a message when a degraded episode follows a down one: the end of the
    /// incident says so.
    public boolean hearsOfDown() {
        return !(channel instanceof Channel.Alertmanager) && (wants("down") || wants("up"));
    }

    /// Whether it gets a message of an end.
    ///
    /// @param by what ended the episode
    public boolean wantsEnd(@Nullable String by) {
        return wants("up") || ("degraded".equals(by) && wants("degraded"));
    }
}
