package dev.sonde.api.listener;

import dev.sonde.api.request.Query;
import dev.sonde.form.condition.LabelSelector;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.listen.spec.ListenerStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which listeners of a list are wanted.
///
/// @param state the word of the only state wanted; all when absent
record ListenerFilter(@Nullable String state, LabelSelector labels) {

    private static final int AT_ONCE = 1_000;

    static ListenerFilter of(@Nullable String state, String @Nullable [] labels) {
        List<String> known =
                Arrays.stream(ListenerState.values()).map(ListenerState::label).toList();
        return new ListenerFilter(
                state == null ? null : Query.word("state", state, known), LabelSelector.of(labels));
    }

    private boolean matches(ListenerStatus listener) {
        return (state == null || listener.state().label().equals(state))
                && labels.matches(listener.definition().spec().labels());
    }

    /// The first ones that are wanted behind a name.
    List<ListenerStatus> first(Listeners listeners, String after, int most) {
        List<ListenerStatus> found = new ArrayList<>();
        String from = after;
        int wanted = state == null && labels.isEmpty() ? most : AT_ONCE;
        while (true) {
            List<ListenerStatus> some = listeners.list(from, wanted);
            some.stream().filter(this::matches).limit(most - found.size()).forEach(found::add);
            if (found.size() == most || some.size() < wanted) {
                return found;
            }
            from = some.getLast().name();
        }
    }
}
