package dev.sonde.attempt.step;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.path.Question;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A second connect beside an observed one, at most once. It distinguishes a full queue from one
/// with free places. Confined to the loop's thread of its connection.
final class SecondAttempt {

    private static final Duration SECOND_TIMEOUT = Duration.ofMillis(1_500);

    /// Enough for an answer where the peer repeats its SYN-ACK, so that packets do come back.
    private static final Duration SHORT_SECOND_TIMEOUT = Duration.ofMillis(500);

    private final Connection connection;
    private boolean hasBegun;
    private @Nullable Outcome outcome;

    SecondAttempt(Connection connection) {
        this.connection = connection;
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /// Absent before its end.
    @Nullable Outcome outcome() {
        return outcome;
    }

    /// Connects, unless the settings allow no second connection.
    ///
    /// @param isShort whether the peer repeats its SYN-ACK, so that packets do come back
    /// @return whether it connects
    boolean begin(boolean isShort) {
        hasBegun = true;
        if (!connection.mayConnectAgain()) {
            return false;
        }
        connection.timeline().note(Kind.SECOND_CONNECT);
        connection.connectAgain(
                isShort ? SHORT_SECOND_TIMEOUT : SECOND_TIMEOUT,
                result -> {
                    outcome = result.outcome();
                    connection.asked(
                            Question.SECOND_CONNECT, ObservationOutcomes.answer(result.outcome()));
                    connection.wake();
                });
        return true;
    }
}
