package dev.sonde.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The benchmark's main program: every section in turn, their tables on standard output.
///
/// It runs outside Maven's tests and outside the jar: `mvn -Pbench verify -DskipTests`.
final class Benchmark {

    private static final Duration LONGEST = Duration.ofMinutes(40);

    private static final List<Section> SECTIONS =
            List.of(
                    new Loopback(),
                    new SteeredLoopback(),
                    new ListenerLoad(),
                    new ProxyLoad(),
                    new HeldConnections(),
                    new TlsPairs(),
                    new ExporterLoad(),
                    new NameLoad(),
                    new UserLoad(),
                    ScheduleLoad.ofAddresses(),
                    ScheduleLoad.ofNames(),
                    Definitions.paused(),
                    Definitions.hourly(),
                    new Documents(),
                    new HistoryLoad(),
                    new PostgresLoad(),
                    new ReplicaSimulation());

    private Benchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.of(List.of(args));
        endAfter(LONGEST);
        System.out.println("\n" + Machine.description());
        options.requireKnown(SECTIONS);
        System.out.printf(
                "Connects: medians of %d interleaved rounds of %d connects each, ratios to the bare loop of the same"
                        + " round.%n",
                options.rounds(), options.connects());
        System.out.println(
                Machine.canPin()
                        ? "One loop: client on one core, listener on another."
                        : "Nothing is pinned: that needs `taskset` and two cores.");
        for (Section section : SECTIONS.stream().filter(options::wants).toList()) {
            System.out.printf(
                    "%n### %s%n%nLoad average before: %s%n%n",
                    section.title(), Machine.loadAverage());
            section.run(options);
        }
        notMeasured(options);
        System.out.println("Load average after: " + Machine.loadAverage());
        int missed = Reach.clearlyMissed();
        if (options.quick() && missed > 0) {
            System.out.println("Goals missed by more than a tenth: " + missed);
            System.exit(1);
        }
    }

    private static void notMeasured(Options options) {
        String left =
                SECTIONS.stream()
                        .filter(section -> !options.wants(section))
                        .map(Section::name)
                        .collect(Collectors.joining(", "));
        if (!left.isEmpty()) {
            System.out.println("Not measured: " + left);
        }
    }

    /// However a child hangs, the benchmark does not: its end takes all of them along.
    private static void endAfter(Duration longest) {
        Thread.ofPlatform()
                .daemon()
                .name("bench-limit")
                .start(
                        () -> {
                            try {
                                // A limit in real time, on a thread of its own.
                                Thread.sleep(longest);
                            } catch (InterruptedException _) {
                                return;
                            }
                            System.err.println("The benchmark took longer than " + longest);
                            System.exit(2);
                        });
    }
}
