package dev.sonde.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long and what to measure.
///
/// @param rounds how often all contenders run, one after the other
/// @param warmUpRounds rounds before those, which do not count
/// @param connects how many each of them makes in a round
/// @param service whether the whole service is measured too
/// @param recordings a directory for a flight recording of each client; none are made where absent
/// @param against the classes of another build of the product, whose engine is measured too
record Options(
        int rounds,
        int warmUpRounds,
        int connects,
        boolean service,
        @Nullable Path recordings,
        @Nullable Path against) {

    static final String USAGE =
            """
            Options (in -Dbench.arguments="..."):
              --quick             a minute instead of three, for a first look
              --rounds=N          how often all contenders run in turn (9)
              --no-service        leave the whole service out
              --record=DIRECTORY  write a flight recording of each client there
              --against=CLASSES   measure the engine of another build too (its target/classes)
            """;

    static Options of(List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        Options options =
                quick
                        ? new Options(5, 3, 16_384, true, null, null)
                        : new Options(9, 4, 32_768, true, null, null);
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    private Options with(String argument) {
        int equals = argument.indexOf('=');
        String value = argument.substring(equals + 1);
        return switch (equals < 0 ? argument : argument.substring(0, equals)) {
            case "--quick" -> this;
            case "--rounds" -> withRounds(Integer.parseInt(value));
            case "--no-service" ->
                    new Options(rounds, warmUpRounds, connects, false, recordings, against);
            case "--record" ->
                    new Options(rounds, warmUpRounds, connects, service, absolute(value), against);
            case "--against" ->
                    new Options(
                            rounds, warmUpRounds, connects, service, recordings, absolute(value));
            default -> throw new IllegalArgumentException("no option " + argument + "\n" + USAGE);
        };
    }

    private Options withRounds(int number) {
        if (number < 1 || number > 100) {
            throw new IllegalArgumentException("from 1 to 100 rounds, not " + number);
        }
        return new Options(number, warmUpRounds, connects, service, recordings, against);
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath();
    }
}
