package dev.sonde.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

/// Probes that run every ten seconds, their results stored and their series scraped meanwhile.
final class ScheduleLoad implements Section {

    static final String INTERVAL = "10s";
    private static final int SECONDS_OF_INTERVAL = 10;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// From the start of the service to the end of the measured time.
    private static final Duration LONGEST = Duration.ofMinutes(4);

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
        RollupTime.awaitFree(options.quick() ? LONGEST.dividedBy(2) : LONGEST);
        try (ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1);
                ScheduledService own =
                        ScheduledService.start(ServiceProcess.ownJar(), options, place)) {
            own.create(listener, hosts, probes);
            warmUp(own.process(), options.quick() ? 2 : 12);
            OtherBuild other = options.against();
            if (other == null) {
                report(own, listener, options.quick() ? 20 : 60);
                return;
            }
            own.pause(true);
            try (ScheduledService before = ScheduledService.start(other.jar(), options, place)) {
                before.create(listener, hosts, probes);
                warmUp(before.process(), options.quick() ? 2 : 12);
                before.pause(true);
                System.out.println(new SchedulePairs(before, own).measure(options));
                floor(listener, (double) probes / SECONDS_OF_INTERVAL, options.quick() ? 10 : 20);
            }
        }
    }

    private static void report(ScheduledService own, ListenerProcess listener, int seconds)
            throws IOException, InterruptedException {
        ScheduleFigures figures = own.measure(seconds, true);
        double bareMillis = BareSender.millis(figures.scrapes());
        own.pause(true);
        System.out.println(figures.table());
        System.out.println(figures.goals(own.drained()));
        double bare = floor(listener, figures.runsPerSecond(), seconds / 2);
        System.out.printf(
                "A bare sender of as many bytes as a scrape takes %.0f ms beside this load.%n%n",
                bareMillis);
        System.out.printf("A run takes %.2f times as much.%n%n", figures.cpuMicrosPerRun() / bare);
    }

    /// The least that the connects cost, in the same minutes.
    private static double floor(ListenerProcess listener, double perSecond, int seconds)
            throws IOException {
        double bare = PacedLoop.cpuMicrosEach(listener, perSecond, seconds);
        System.out.printf(
                "A bare loop that makes %.0f connects a second takes %.1f us of CPU for each.%n%n",
                perSecond, bare);
        return bare;
    }

    /// A minute, until what a scrape runs has been compiled; ten seconds for the short form.
    private static void warmUp(ServiceProcess service, int most)
            throws IOException, InterruptedException {
        for (int scrapes = 0; scrapes < most; scrapes++) {
            // Scrapes come at their interval, as Prometheus has it.
            Thread.sleep(SECOND.multipliedBy(ScheduledService.SECONDS_BETWEEN_SCRAPES));
            Scrape.of(service);
        }
    }
}
