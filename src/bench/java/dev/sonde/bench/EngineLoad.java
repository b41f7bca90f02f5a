package dev.sonde.bench;

import dev.sonde.attempt.Origin;
import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.Prober;
import dev.sonde.attempt.RunListener;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/// The engine called in process, through the door that every probe passes, with no sinks.
///
/// Each connect in flight is a chain: a result that arrives on the loop starts the next probe
/// there.
final class EngineLoad implements Load {

    /// The rooms that the engine is made of, without the rest of the house.
    @EnableConfigurationProperties
    @ConfigurationPropertiesScan({"dev.sonde.attempt", "dev.sonde.memory", "dev.sonde.policy"})
    @ComponentScan({"dev.sonde.attempt", "dev.sonde.memory", "dev.sonde.policy", "dev.sonde.tls"})
    static class Rooms extends EngineBeans {

        @Bean
        ListenerTimelines listenerTimelines() {
            return ListenerTimelines.none();
        }
    }

    private final ConfigurableApplicationContext context;
    private final ProbeRunner runner;
    private final List<Target> targets;

    EngineLoad(int loops, boolean evidence, int port) {
        context =
                new SpringApplicationBuilder(Rooms.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                EngineLimits.arguments(
                                        "--sonde.engine.loops=" + loops,
                                        "--logging.level.root=warn",
                                        "--spring.main.banner-mode=off",
                                        "--sonde.engine.kernel-evidence=" + evidence));
        runner =
                new ProbeRunner(
                        context.getBean(Prober.class),
                        EngineBeans.NO_MODULES,
                        ListenerTimelines.none(),
                        List.of(),
                        List.of(),
                        Clock.systemUTC());
        targets = Destinations.hosts().stream().map(host -> new Target(host, port)).toList();
    }

    @Override
    public long run(Workload workload, Latencies latencies) throws InterruptedException {
        ProbeSettings settings =
                new ProbeSettings(
                        ProbeSettings.DEFAULT_TIMEOUT,
                        AddressSelection.FIRST,
                        AddressFamily.ANY,
                        null,
                        CloseMode.RST,
                        workload.halfOpen() ? Handshake.HALF_OPEN : Handshake.FULL);
        CountDownLatch ended = new CountDownLatch(workload.inFlight());
        AtomicLong failed = new AtomicLong();
        int turns = workload.connects() / workload.inFlight();
        for (int i = 0; i < workload.inFlight(); i++) {
            new Chain(turns, settings, latencies, failed, ended).start();
        }
        ended.await();
        return failed.get();
    }

    @Override
    public void close() {
        context.close();
    }

    private final class Chain implements RunListener {

        private final ProbeSettings settings;
        private final Latencies latencies;
        private final AtomicLong failed;
        private final CountDownLatch ended;
        private int turnsLeft;

        Chain(
                int turns,
                ProbeSettings settings,
                Latencies latencies,
                AtomicLong failed,
                CountDownLatch ended) {
            this.turnsLeft = turns;
            this.settings = settings;
            this.latencies = latencies;
            this.failed = failed;
            this.ended = ended;
        }

        void start() {
            turnsLeft--;
            Target target = targets.get(turnsLeft % targets.size());
            var _ = runner.run(Origin.ofScrape(null), target, settings, this);
        }

        @Override
        public void onResult(ProbeResult result) {
            if (result.outcome() instanceof Outcome.Succeeded) {
                latencies.record(connectNanos(result));
            } else {
                failed.incrementAndGet();
            }
            if (turnsLeft > 0) {
                start();
            } else {
                ended.countDown();
            }
        }

        private static long connectNanos(ProbeResult result) {
            List<PhaseTime> phases = result.deciding().phases();
            PhaseTime last = phases.getLast();
            if (last.phase() != Phase.CONNECT) {
                throw new IllegalStateException("a success without a connect: " + phases);
            }
            return last.tookNanos();
        }
    }
}
