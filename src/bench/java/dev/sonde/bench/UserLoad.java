package dev.sonde.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The load of a small service: 1,000 probes every 10 s beside a bare loop that makes the same
/// connects in the same time, and before it the service without probes.
///
/// At a hundred connects a second the price is waking, and what else the service does by itself.
final class UserLoad implements Section {

    private static final int PROBES = 1_000;
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /// As in the chart's container, where the JVM chooses this collector.
    private static final String HEAP = "537m";

    private static final String[] FLAGS = {
        "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TrimNativeHeapInterval=60000"
    };

    /// Threads below this share of the CPU are told together.
    private static final double SHOWN = 0.01;

    private static final double MEGA = 1e6;
    private static final long PAGE_BYTES = 4_096;

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String title() {
        return "At a user's load: 1,000 probes every 10 s";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        Duration warmUp = options.warmUp();
        Duration time = options.time();
        RollupTime.awaitFree(warmUp.plus(time).multipliedBy(2).plusMinutes(1));
        try (ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1);
                DataDirectory data = DataDirectory.create();
                ServiceProcess service =
                        new ServiceProcess(data.path(), HEAP, options.withJvm(FLAGS));
                Child bare = bare(listener.port())) {
            Thread.sleep(warmUp);
            ThreadTimes idle = spent(service, time);
            var _ = new BulkRequests(service, listener, "10s").put(PROBES, false);
            Thread.sleep(warmUp);
            long bareBefore = ProcessClock.cpuNanos(bare.pid());
            ThreadTimes busy = spent(service, time);
            long bareNanos = ProcessClock.cpuNanos(bare.pid()) - bareBefore;
            report(idle, busy, bareNanos, time);
            System.out.printf("Resident: %.0f MB%n%n", residentBytes(service.pid()) / MEGA);
        }
    }

    private static Child bare(int port) throws IOException {
        Child bare =
                new Child(
                        Child.java(
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Child.classPath(),
                                BareSchedule.class.getName(),
                                Integer.toString(port),
                                Integer.toString(PROBES),
                                INTERVAL.toString()));
        bare.await(BareSchedule.READY);
        return bare;
    }

    private static ThreadTimes spent(ServiceProcess service, Duration time)
            throws IOException, InterruptedException {
        ThreadTimes before = ThreadTimes.of(service.pid());
        // Nothing is asked meanwhile.
        Thread.sleep(time);
        return ThreadTimes.of(service.pid()).since(before);
    }

    private static void report(ThreadTimes idle, ThreadTimes busy, long bareNanos, Duration time) {
        double runs = (double) PROBES * time.toMillis() / INTERVAL.toMillis();
        Table table = new Table("threads", "without probes, % of a core", "us a run");
        table.row("all", percent(idle.totalNanos(), time), micros(busy.totalNanos(), runs));
        long left = busy.totalNanos();
        for (Map.Entry<String, Long> thread : busy.nanos().entrySet()) {
            if (thread.getValue() >= SHOWN * busy.totalNanos()) {
                long idleNanos = idle.nanos().getOrDefault(thread.getKey(), 0L);
                table.row(
                        thread.getKey(), percent(idleNanos, time), micros(thread.getValue(), runs));
                left -= thread.getValue();
            }
        }
        table.row("the rest", "", micros(left, runs));
        table.row("bare loop", "", micros(bareNanos, runs));
        System.out.println(table);
        GoalTable goals = new GoalTable();
        goals.atMost(
                "CPU of a run: Sonde / bare loop", 1.5, (double) busy.totalNanos() / bareNanos);
        goals.atMost(
                "CPU without probes, % of a core", 0.1, 100.0 * idle.totalNanos() / time.toNanos());
        System.out.println(goals);
    }

    private static String percent(long nanos, Duration time) {
        return Table.thousandths(100.0 * nanos / time.toNanos());
    }

    private static String micros(long nanos, double runs) {
        return Table.tenths(nanos / 1e3 / runs);
    }

    private static long residentBytes(long pid) throws IOException {
        String pages = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
        return Long.parseLong(pages.split(" ", -1)[1]) * PAGE_BYTES;
    }
}
