package dev.sonde.api.listener;

import dev.sonde.api.request.Query;
import dev.sonde.form.DurationText;
import dev.sonde.listen.ConnectionWait;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.WaitedConnections;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The connections that a request asks for, and how long it waits for them.
///
/// @param received the connection has received this text; any when absent
/// @param longest the wait; absent where the request does not wait
record ConnectionWish(@Nullable String received, int atLeast, @Nullable Duration longest) {

    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    static final int LONGEST_TEXT = 1_000;

    /// The answer to it.
    ///
    /// @param isTimedOut absent where the request did not wait
    record Found(List<ConnectionView> connections, @Nullable Boolean isTimedOut) {}

    static ConnectionWish of(
            @Nullable String wait, @Nullable String atLeast, @Nullable String received) {
        if (wait == null && atLeast != null) {
            throw Query.invalid("atLeast", atLeast, "stands beside wait");
        }
        if (received != null && (received.isEmpty() || received.length() > LONGEST_TEXT)) {
            throw Query.invalid("received", null, "a text of 1 to " + LONGEST_TEXT + " characters");
        }
        return new ConnectionWish(received, number(atLeast), wait == null ? null : duration(wait));
    }

    private static int number(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > 10_000) {
            throw Query.invalid("atLeast", text, "a number from 1 to 10000");
        }
        return number;
    }

    private static Duration duration(String text) {
        try {
            Duration wait = DurationText.parse(text);
            if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
                throw Query.invalid("wait", text, "a duration from 0s to 1m");
            }
            return wait;
        } catch (IllegalArgumentException e) {
            throw Query.invalid("wait", text, String.valueOf(e.getMessage()));
        }
    }

    /// The connections of a listener; absent where no listener has the name.
    ///
    /// @param before the number of a connection; later ones are left out
    /// @param most at least 1
    Optional<Found> find(Listeners listeners, String name, long before, int most) {
        if (longest == null) {
            return listeners
                    .connections(name, before, this::isWanted, most)
                    .map(some -> new Found(some, null));
        }
        try {
            return listeners
                    .await(name, new ConnectionWait(this::isWanted, atLeast, longest))
                    .map(waited -> found(waited, before, most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.OVERLOADED, "the service is stopping");
        }
    }

    private static Found found(WaitedConnections waited, long before, int most) {
        List<ConnectionView> found =
                waited.found().stream().filter(each -> each.id() < before).limit(most).toList();
        return switch (waited.outcome()) {
            case MET -> new Found(found, false);
            case TIMED_OUT -> new Found(found, true);
            case REFUSED ->
                    throw new ProblemException(
                            ProblemType.TOO_MANY_SUBSCRIBERS,
                            "100 requests wait for connections of this listener, which is the limit; repeat the request");
        };
    }

    private boolean isWanted(ConnectionView connection) {
        return received == null
                || new String(connection.recordedBytes(), StandardCharsets.UTF_8)
                        .contains(received);
    }
}
