package dev.sonde.bench;

import dev.sonde.attempt.Prober;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.HoldSettings.Keepalive;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Ten thousand connections that are held, with keepalive: memory, and CPU at rest.
final class HeldConnections implements Section {

    private static final int NUMBER = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "held";
    }

    @Override
    public String title() {
        return "Held connections";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        Duration rest = Duration.ofSeconds(options.quick() ? 10 : 30);
        try (Child holder = holder();
                ConfigurableApplicationContext context = engine()) {
            int port = Integer.parseInt(holder.await(HoldingListener.READY));
            Prober prober = context.getBean(Prober.class);
            long heapBefore = heapAfterCollection();
            Queue<List<AttemptResult>> ended = new ConcurrentLinkedQueue<>();
            hold(prober, port, ended);
            while (prober.queued() > 0 || prober.inFlight() + ended.size() < NUMBER) {
                // The prober counts, and tells nobody when all are held.
                Thread.sleep(PAUSE);
            }
            // The compiler goes on after the last handshake, and nothing tells its end.
            Thread.sleep(SETTLING);
            long heapBytes = heapAfterCollection() - heapBefore;
            report(prober, ended, heapBytes, rest);
        }
    }

    private static void hold(Prober prober, int port, Queue<List<AttemptResult>> ended) {
        Keepalive keepalive = new Keepalive(Duration.ofSeconds(75), Duration.ofSeconds(75), 9);
        HoldSettings hold = new HoldSettings(Duration.ofHours(1), keepalive, null, null);
        ProbeSettings settings = ProbeSettings.DEFAULT.withSteps(List.of(hold));
        Target target = new Target("127.0.0.1", port);
        for (int i = 0; i < NUMBER; i++) {
            var _ = prober.submit(target, settings, ended::add);
        }
    }

    private static void report(
            Prober prober, Queue<List<AttemptResult>> ended, long heapBytes, Duration rest)
            throws InterruptedException {
        int held = prober.inFlight();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        Usage before = Usage.now();
        // What is measured is what happens while nothing is asked.
        Thread.sleep(rest);
        Usage used = Usage.now().since(before);
        double percent = 100.0 * used.cpuNanos() / used.atNanos();
        Table table =
                new Table(
                        "held",
                        "ended by themselves",
                        "threads",
                        "heap bytes each",
                        "CPU at rest, % of a core");
        table.row(
                Table.number(held),
                Table.number(ended.size()),
                Table.number(threads),
                Table.number((double) heapBytes / held),
                Table.ratio(percent));
        System.out.println(table);
        GoalTable goals = new GoalTable();
        goals.atMost("CPU at rest, % of a core", 1, percent);
        System.out.println(goals);
    }

    private static ConfigurableApplicationContext engine() {
        return new SpringApplicationBuilder(EngineLoad.Rooms.class)
                .web(WebApplicationType.NONE)
                .run(
                        EngineLimits.arguments(
                                "--sonde.engine.in-flight=" + NUMBER,
                                "--logging.level.root=warn",
                                "--spring.main.banner-mode=off"));
    }

    private static Child holder() throws IOException {
        return new Child(
                Child.java(
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Child.classPath(),
                        HoldingListener.class.getName()));
    }

    private static long heapAfterCollection() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
