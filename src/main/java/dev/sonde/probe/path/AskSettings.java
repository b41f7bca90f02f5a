package dev.sonde.probe.path;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// The request for questions beyond a run.
///
/// @param questions at least one of [#ON_REQUEST]
/// @param port the second port of the host, 1 to 65,535
public record AskSettings(Set<Question> questions, int port) {

    /// The questions that settings may ask. The path has settings of its own.
    public static final Set<Question> ON_REQUEST =
            Set.copyOf(
                    EnumSet.of(Question.DATA_PATH, Question.MTU, Question.FLOWS, Question.PORTS));

    /// Seldom open. A RST of TCP or a "port unreachable" of UDP shows that the host is up.
    public static final int DEFAULT_PORT = 33_434;

    public static final int MOST_PORT = 65_535;

    private static final Duration OF_DATA = Duration.ofSeconds(4);
    private static final Duration OF_FLOWS = Duration.ofSeconds(4);
    private static final Duration OF_PORTS = Duration.ofSeconds(2);

    /// For the search of the size that passes.
    private static final Duration OF_SIZES = Duration.ofSeconds(4);

    public AskSettings {
        questions = Set.copyOf(questions);
        if (questions.isEmpty() || !ON_REQUEST.containsAll(questions)) {
            throw new IllegalArgumentException("questions that settings may ask, at least one");
        }
        if (port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException("a port is from 1 to " + MOST_PORT);
        }
    }

    /// How long the questions may take.
    ///
    /// @param run how long the run may take, which the question `mtu` repeats
    public Duration longest(Duration run) {
        Duration longest = Duration.ZERO;
        for (Question question : questions) {
            longest =
                    longest.plus(
                            switch (question) {
                                case DATA_PATH -> OF_DATA;
                                case MTU -> run.plus(OF_SIZES);
                                case FLOWS -> OF_FLOWS;
                                case PORTS -> OF_PORTS;
                                case PATH, SECOND_CONNECT, OWN_SIDE -> Duration.ZERO;
                            });
        }
        return longest;
    }
}
