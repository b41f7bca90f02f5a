package dev.sonde.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Probes that run every ten seconds, their results stored and their series scraped meanwhile.
final class ScheduleLoad implements Section {

    private static final String INTERVAL = "10s";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int SECONDS_BETWEEN_SCRAPES = 5;
    private static final int LONGEST_DRAIN_SECONDS = 60;

    @Override
    public String name() {
        return "schedule";
    }

    @Override
    public String title() {
        return "Scheduled probes, every " + INTERVAL + ", with the store and scrapes";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        int probes = options.quick() ? 10_000 : 100_000;
        int seconds = options.quick() ? 20 : 60;
        try (ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1);
                DataDirectory data = DataDirectory.create();
                ServiceProcess service = new ServiceProcess(data.path(), "1g", options)) {
            BulkRequests bulk = new BulkRequests(service, listener, INTERVAL);
            Meters first = Meters.of(service);
            Duration created = bulk.put(probes, false);
            warmUp(service);
            ScheduleFigures figures = measure(service, seconds, probes, created);
            bulk.put(probes, true);
            System.out.println(figures.table());
            System.out.println(figures.goals(drained(service).since(first)));
        }
    }

    /// A minute, until what a scrape runs has been compiled.
    private static void warmUp(ServiceProcess service) throws IOException, InterruptedException {
        for (int scrapes = 0; scrapes < 12; scrapes++) {
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
