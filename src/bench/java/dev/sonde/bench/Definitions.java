package dev.sonde.bench;

import java.io.IOException;
import java.time.Duration;

/// A great many definitions that hardly ever run: creation, start-up, memory, rest.
final class Definitions implements Section {

    private static final String HEAP = "2g";
    private static final double MEBI = 1_048_576;

    /// What the collector and, where probes run, the compiler still do after the start: in the
    /// first minute the compiler takes as much as all the runs.
    private static final Duration BEFORE_REST = Duration.ofSeconds(90);

    private static final Duration BEFORE_QUICK_REST = Duration.ofSeconds(10);

    private final Table table =
            new Table(
                    "definitions",
                    "created in",
                    "start-up without",
                    "start-up with",
                    "heap after collection, MiB",
                    "bytes each",
                    "CPU at rest, % of a core",
                    "runs meanwhile");
    private final GoalTable goals = new GoalTable();

    private final boolean paused;

    private Definitions(boolean paused) {
        this.paused = paused;
    }

    static Section hourly() {
        return new Definitions(false);
    }

    static Section paused() {
        return new Definitions(true);
    }

    @Override
    public String name() {
        return paused ? "paused" : "hourly";
    }

    @Override
    public String title() {
        return "Definitions at rest, " + name();
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        measure(options);
        System.out.println(table);
        System.out.println(goals);
    }

    private void measure(Options options) throws IOException, InterruptedException {
        int number = options.quick() ? 100_000 : 1_000_000;
        String label = Table.number(number) + " " + name();
        try (ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1);
                DataDirectory data = DataDirectory.create()) {
            Empty empty = create(listener, data, number, options);
            try (ServiceProcess service = new ServiceProcess(data.path(), HEAP, options)) {
                long heap = service.heapBytesAfterCollection();
                // Nothing tells when they are done.
                Thread.sleep(options.quick() ? BEFORE_QUICK_REST : BEFORE_REST);
                Rest rest = Rest.of(service, Duration.ofSeconds(options.quick() ? 15 : 40));
                table.row(
                        label,
                        ScheduleFigures.seconds(empty.created()),
                        seconds(empty.startNanos()),
                        seconds(service.startNanos()),
                        Table.number(heap / MEBI),
                        Table.number((double) (heap - empty.heapBytes()) / number),
                        Table.ratio(rest.percent()),
                        Table.number((double) rest.runs()));
                goals.atMost("CPU at rest, % of a core, " + label, 1, rest.percent());
            }
        }
    }

    private Empty create(ListenerProcess listener, DataDirectory data, int number, Options options)
            throws IOException, InterruptedException {
        try (ServiceProcess service = new ServiceProcess(data.path(), HEAP, options)) {
            long heap = service.heapBytesAfterCollection();
            Duration created = new BulkRequests(service, listener, "1h").put(number, paused);
            return new Empty(service.startNanos(), heap, created);
        }
    }

    private static String seconds(long nanos) {
        return ScheduleFigures.seconds(Duration.ofNanos(nanos));
    }

    /// A service without definitions, and how long they took to come.
    private record Empty(long startNanos, long heapBytes, Duration created) {}

    private record Rest(double percent, long runs) {

        static Rest of(ServiceProcess service, Duration time)
                throws IOException, InterruptedException {
            Meters meters = Meters.of(service);
            Usage before = service.usage();
            // What is measured is what happens while nothing is asked.
            Thread.sleep(time);
            Usage used = service.usage().since(before);
            return new Rest(
                    100.0 * used.cpuNanos() / used.atNanos(),
                    Meters.of(service).since(meters).sum(Meters.LATENESS + "_count"));
        }
    }
}
