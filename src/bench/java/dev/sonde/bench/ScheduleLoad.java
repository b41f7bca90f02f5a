package dev.sonde.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Probes that run every ten seconds, their results stored and their series scraped meanwhile.
final class ScheduleLoad implements Section {

    private static final String INTERVAL = "10s";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int SECONDS_BETWEEN_SCRAPES = 5;
    private static final int LONGEST_DRAIN_SECONDS = 60;

    private final boolean isNamed;

    private ScheduleLoad(boolean isNamed) {
        this.isNamed = isNamed;
    }

    static Section ofAddresses() {
        return new ScheduleLoad(false);
    }

    /// Each target is a name, which each run looks up anew at a local name server: its answer may
    /// be used for half the interval.
    static Section ofNames() {
        return new ScheduleLoad(true);
    }

    @Override
    public String name() {
        return isNamed ? "named" : "schedule";
    }

    @Override
    public String title() {
        return "Scheduled probes"
                + (isNamed ? " of names" : "")
                + ", every "
                + INTERVAL
                + ", with the store and scrapes";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        if (!isNamed) {
            measure(options, Place.ANYWHERE, BulkRequests::address);
            return;
        }
        if (!Machine.isRoot() || !Machine.has("unshare")) {
            System.out.println("Skipped: it needs root and `unshare`.\n");
            return;
        }
        try (OwnResolver resolver = OwnResolver.start()) {
            measure(options, resolver.place(), number -> "n" + number + ".bench.test");
        }
    }

    private static void measure(Options options, Place place, IntFunction<String> hosts)
            throws IOException, InterruptedException {
        Integer asked = options.probes();
        int probes = asked != null ? asked : options.quick() ? 10_000 : 100_000;
        int seconds = options.quick() ? 20 : 60;
        try (ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1);
                DataDirectory data = DataDirectory.create();
                ServiceProcess service = new ServiceProcess(data.path(), "1g", options, place)) {
            BulkRequests bulk = new BulkRequests(service, listener, INTERVAL, hosts);
            Meters first = Meters.of(service);
            Duration created = bulk.put(probes, false);
            warmUp(service, options.quick() ? 2 : 12);
            ScheduleFigures figures = measure(service, seconds, probes, created);
            bulk.put(probes, true);
            System.out.println(figures.table());
            System.out.println(figures.goals(drained(service).since(first)));
        }
    }

    /// A minute, until what a scrape runs has been compiled; ten seconds for the short form.
    private static void warmUp(ServiceProcess service, int most)
            throws IOException, InterruptedException {
        for (int scrapes = 0; scrapes < most; scrapes++) {
            // Scrapes come at their interval, as Prometheus has it.
            Thread.sleep(SECOND.multipliedBy(SECONDS_BETWEEN_SCRAPES));
            Scrape.of(service);
        }
    }

    private static ScheduleFigures measure(
            ServiceProcess service, int seconds, int probes, Duration created)
            throws IOException, InterruptedException {
        List<Scrape> scrapes = new ArrayList<>();
        HeapWatch heap = new HeapWatch(service);
        Meters before = Meters.of(service);
        Usage used = service.usage();
        long startNanos = System.nanoTime();
        for (int second = 1; second <= seconds; second++) {
            long leftNanos = startNanos + second * SECOND.toNanos() - System.nanoTime();
            // A look each second of the load.
            Thread.sleep(Duration.ofNanos(Math.max(0, leftNanos)));
            heap.look();
            if (second % SECONDS_BETWEEN_SCRAPES == 0) {
                scrapes.add(Scrape.of(service));
            }
        }
        return new ScheduleFigures(
                probes,
                created,
                Meters.of(service).since(before),
                service.usage().since(used),
                heap,
                scrapes);
    }

    /// All probes are paused: waits until what has ended is written.
    private static Meters drained(ServiceProcess service) throws IOException, InterruptedException {
        Meters meters = Meters.of(service);
        for (int second = 0; second < LONGEST_DRAIN_SECONDS && !isDrained(meters); second++) {
            Thread.sleep(SECOND);
            meters = Meters.of(service);
        }
        return meters;
    }

    private static boolean isDrained(Meters meters) {
        return meters.sum(Meters.IN_FLIGHT) == 0 && meters.sum(Meters.BUFFERED) == 0;
    }
}
