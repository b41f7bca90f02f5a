package dev.sonde.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long and what to measure.
///
/// @param rounds how often all contenders run, one after the other
/// @param warmUpRounds rounds before those, which do not count
/// @param connects how many each of them makes in a round
/// @param quick whether a tenth of the probes will do
/// @param probes of the scheduled sections; absent for their own number
/// @param service whether the whole service is measured too
/// @param recordings a directory for a flight recording of each client; none are made where absent
/// @param against another build of the product, which is measured too; absent for none
/// @param warmUp before the section `load` measures
/// @param time for which it does
/// @param jvm more arguments for the JVM of the whole service
/// @param only the names of the sections to run; all where it is empty
record Options(
        int rounds,
        int warmUpRounds,
        int connects,
        boolean quick,
        @Nullable Integer probes,
        boolean service,
        @Nullable Path recordings,
        @Nullable OtherBuild against,
        Duration warmUp,
        Duration time,
        List<String> jvm,
        Set<String> only) {

    static final String USAGE =
            """
            Options (in -Dbench.arguments="..."):
              --quick             loops, sweep and /probe with three rounds; ends with an error where
                                  a goal is missed by more than a tenth
              --only=SECTION,...  of loopback, steered, listeners, proxy, held, tls, exporter, names,
                                  load, schedule, named, paused, hourly, documents,
                                  history, postgres
              --rounds=N          how often all contenders run in turn (9)
              --probes=N          probes of the sections schedule and named
              --warm-up=SECONDS   before the section load measures (150)
              --seconds=N         for which it measures (60)
              --no-service        leave the whole service out
              --jvm=FLAG,...      more flags for the JVM of the whole service
              --record=DIRECTORY  write a flight recording of each client there
              --against=JAR       measure the service of another build too, in the same rounds
                                  (loopback, exporter, schedule, named)
              --against-bench=DIR measure its engine too, by the classes of its own benchmark
                                  (loopback, steered)
            """;

    /// The sections of the short form.
    private static final Set<String> QUICK = Set.of("loopback", "exporter");

    private static final Set<String> KNOWN =
            Set.of(
                    "--quick",
                    "--only",
                    "--rounds",
                    "--probes",
                    "--warm-up",
                    "--seconds",
                    "--no-service",
                    "--jvm",
                    "--record",
                    "--against",
                    "--against-bench");

    static Options of(List<String> arguments) {
        Map<String, String> given =
                arguments.stream().collect(Collectors.toMap(Options::key, Options::value));
        for (String key : given.keySet()) {
            if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException("no option " + key + "\n" + USAGE);
            }
        }
        boolean quick = given.containsKey("--quick");
        int rounds = rounds(given.getOrDefault("--rounds", quick ? "3" : "9"));
        return new Options(
                rounds,
                Math.min(rounds, quick ? 3 : 4),
                quick ? 16_384 : 32_768,
                quick,
                given.containsKey("--probes") ? (Integer) probes(given.get("--probes")) : null,
                !given.containsKey("--no-service"),
                path(given.get("--record")),
                OtherBuild.of(path(given.get("--against")), path(given.get("--against-bench"))),
                seconds(given.getOrDefault("--warm-up", quick ? "30" : "150")),
                seconds(given.getOrDefault("--seconds", quick ? "20" : "60")),
                list(given.get("--jvm")),
                Set.copyOf(list(given.get("--only"))));
    }

    boolean wants(Section section) {
        boolean isService =
                section instanceof ExporterLoad
                        || section instanceof UserLoad
                        || section instanceof ScheduleLoad
                        || section instanceof Definitions;
        if (quick && only.isEmpty()) {
            return QUICK.contains(section.name()) && (service || !isService);
        }
        return only.isEmpty() ? service || !isService : only.contains(section.name());
    }

    /// The same with more arguments for the JVM of the whole service, before those of the caller.
    Options withJvm(String... more) {
        return new Options(
                rounds,
                warmUpRounds,
                connects,
                quick,
                probes,
                service,
                recordings,
                against,
                warmUp,
                time,
                Stream.concat(Stream.of(more), jvm.stream()).toList(),
                only);
    }

    /// Refuses the name of a section that there is not.
    void requireKnown(List<Section> sections) {
        Set<String> names = sections.stream().map(Section::name).collect(Collectors.toSet());
        if (!names.containsAll(only)) {
            throw new IllegalArgumentException("sections are " + names + "\n" + USAGE);
        }
    }

    private static String key(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }

    private static String value(String argument) {
        return argument.substring(argument.indexOf('=') + 1);
    }

    private static int rounds(String value) {
        int number = Integer.parseInt(value);
        if (number < 1 || number > 100) {
            throw new IllegalArgumentException("from 1 to 100 rounds, not " + number);
        }
        return number;
    }

    private static int probes(String value) {
        int number = Integer.parseInt(value);
        if (number < 1 || number > 1_000_000) {
            throw new IllegalArgumentException("from 1 to 1000000 probes, not " + number);
        }
        return number;
    }

    private static Duration seconds(String value) {
        int number = Integer.parseInt(value);
        if (number < 1 || number > 600) {
            throw new IllegalArgumentException("from 1 to 600 seconds, not " + number);
        }
        return Duration.ofSeconds(number);
    }

    private static List<String> list(@Nullable String value) {
        return value == null ? List.of() : List.of(value.split(",", -1));
    }

    private static @Nullable Path path(@Nullable String value) {
        return value == null ? null : Path.of(value).toAbsolutePath();
    }
}
