package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Endpoints;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The whole service, stopped and started again on the same data directory.
@SuppressWarnings("NullAway") // a null fails the test
@Order(1)
class RestartTest {

    private static final HistoryQuery ALL = HistoryQuery.newest(100);

    @TempDir private Path directory;

    @Test
    void probeGoesOnWhereItWasWhenTheServiceStartsAgain() throws IOException {
        ProbeSnapshot before;
        try (ServerSocket target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ConfigurableApplicationContext service = start()) {
            Schedules schedules = service.getBean(Schedules.class);
            ProbeSpec spec =
                    ProbeSpec.of(
                            new Target("127.0.0.1", target.getLocalPort()), Duration.ofMillis(100));
            schedules.change("a", _ -> spec);
            await().until(() -> view(schedules).health().state() == ProbeState.UP);
            before = view(schedules);
        }
        try (ConfigurableApplicationContext service = start()) {
            ProbeSnapshot after = view(service.getBean(Schedules.class));
            assertThat(after.definition()).isEqualTo(before.definition());
            ProbeHistory history = service.getBean(ProbeHistory.class);
            assertThat(history.results("a", HistoryQuery.newest(100)).items())
                    // The ticker of another process says nothing here.
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                            "attempts.connectAtNanos")
                    .contains(before.last());
            assertThat(history.transitions("a", null, 10).items())
                    .anyMatch(transition -> transition.to() == ProbeState.UP);
        }
    }

    @Test
    void probeOfAnInterfaceThatIsGoneIsThereAndSaysWhyItIsNotProbed() {
        ProbeSpec spec = ProbeSpec.of(Target.parse("[fe80::1%gone0]:80"), Duration.ofMillis(100));
        try (ConfigurableApplicationContext service = start()) {
            service.getBean(Schedules.class).change("a", _ -> spec);
        }
        try (ConfigurableApplicationContext service = start()) {
            Schedules schedules = service.getBean(Schedules.class);
            assertThat(view(schedules).definition().spec()).isEqualTo(spec);
            await().until(() -> view(schedules).last() != null);
            Outcome outcome = view(schedules).last().outcome();
            assertThat(outcome.reasonLabel()).isEqualTo("local_error");
            assertThat(outcome.detail()).contains("no interface");
            await().until(
                            () ->
                                    !service.getBean(ProbeHistory.class)
                                            .results("a", HistoryQuery.newest(1))
                                            .items()
                                            .isEmpty());
        }
    }

    @Test
    void listenerComesBackWhenTheServiceStartsAgain() throws IOException {
        InetSocketAddress fixed;
        InetSocketAddress any;
        int api = Endpoints.freePort();
        Behaviour proxy;
        try (ConfigurableApplicationContext service =
                start("--sonde.toxiproxy.port=" + api, "--sonde.toxiproxy.persist=true")) {
            Listeners listeners = service.getBean(Listeners.class);
            probe(service, open(listeners, "probed", Endpoints.freePort()));
            any = open(listeners, "any", 0);
            fixed = open(listeners, "fixed", Endpoints.freePort());
            listeners.setPaused("fixed", true);
            new ToxiproxyClient("127.0.0.1", api)
                    .createProxy("kept", "127.0.0.1:0", fixed.toString().substring(1))
                    .toxics()
                    .latency("slow", ToxicDirection.UPSTREAM, 100);
            proxy = listeners.get("kept").orElseThrow().definition().spec().behaviour();
        }
        Instant restart = Instant.now();
        try (ConfigurableApplicationContext service = startAfterProbes(restart)) {
            assertThat(service.getBean(ProbeHistory.class).results("a", ALL).items())
                    .allMatch(result -> result.outcome() instanceof Outcome.Succeeded);
            Listeners listeners = service.getBean(Listeners.class);
            ListenerStatus again = listeners.get("fixed").orElseThrow();
            assertThat(again.address()).isEqualTo(fixed);
            assertThat(again.state()).isEqualTo(ListenerState.PAUSED);
            assertThat(again.previousAddress()).isNull();
            assertThat(listeners.get("kept").orElseThrow().definition().spec().behaviour())
                    .isEqualTo(proxy);
            ListenerStatus moved = listeners.get("any").orElseThrow();
            assertThat(moved.state()).isEqualTo(ListenerState.LISTENING);
            assertThat(moved.address()).isNotNull();
            assertThat(moved.previousAddress()).isEqualTo(any.equals(moved.address()) ? null : any);
        }
    }

    @Test
    void listenerHasFailedAndIsTriedAgainWhenItsPortIsTakenAtTheStart() throws IOException {
        InetSocketAddress address;
        try (ConfigurableApplicationContext service = start()) {
            Listeners listeners = service.getBean(Listeners.class);
            address = open(listeners, "a", Endpoints.freePort());
        }
        ServerSocket other = new ServerSocket(address.getPort(), 1, address.getAddress());
        try (other;
                ConfigurableApplicationContext service = start("--sonde.listeners.retry=20ms")) {
            Listeners listeners = service.getBean(Listeners.class);
            ListenerStatus failed = listeners.get("a").orElseThrow();
            assertThat(failed.state()).isEqualTo(ListenerState.FAILED);
            assertThat(failed.failure().problem()).isEqualTo(ListenerProblem.ADDRESS_IN_USE);
            other.close();
            await().until(
                            () ->
                                    listeners.get("a").orElseThrow().state()
                                            == ListenerState.LISTENING);
        }
    }

    private static void probe(ConfigurableApplicationContext service, InetSocketAddress target) {
        ProbeSpec spec =
                ProbeSpec.of(new Target("127.0.0.1", target.getPort()), Duration.ofMillis(100));
        service.getBean(Schedules.class).change("a", _ -> spec);
    }

    /// Its web server is made when the probe has run.
    private ConfigurableApplicationContext startAfterProbes(Instant restart) {
        SpringApplication application = new SpringApplication(SondeApplication.class);
        application.addInitializers(
                context ->
                        ((GenericApplicationContext) context)
                                .registerBean(
                                        "afterProbes",
                                        WebServerFactoryCustomizer.class,
                                        () -> _ -> awaitRun(context, restart)));
        return application.run("--server.port=0", "--sonde.data-dir=" + directory);
    }

    private static void awaitRun(ConfigurableApplicationContext service, Instant since) {
        Schedules schedules = service.getBean(Schedules.class);
        await().until(
                        () ->
                                schedules
                                        .find("a")
                                        .map(ProbeSnapshot::last)
                                        .filter(last -> last.startedAt().isAfter(since))
                                        .isPresent());
    }

    private static InetSocketAddress open(Listeners listeners, String name, int port) {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ListenerSpec spec = ListenerSpec.of(name, bind, new Behaviour.Echo(Duration.ZERO));
        return listeners.create(spec).address();
    }

    private static ProbeSnapshot view(Schedules schedules) {
        return schedules.find("a").orElseThrow();
    }

    private ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--server.port=0");
        arguments.add("--sonde.data-dir=" + directory);
        return SpringApplication.run(SondeApplication.class, arguments.toArray(String[]::new));
    }
}
