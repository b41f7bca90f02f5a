package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
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
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The whole service, stopped and started again on the same data directory.
@SuppressWarnings("NullAway") // a null fails the test
@Order(1)
class RestartTest {

    private static final int MOST = HistoryQuery.LARGEST_PAGE;

    @TempDir private static Path directory;

    /// Nobody accepts there, so its queue has to hold every run.
    private static ServerSocket target;
    private static ServerSocket taken;
    private static ProbeSnapshot before;
    private static InetSocketAddress fixed;
    private static InetSocketAddress any;
    private static Behaviour proxy;
    private static String last;
    private static String cursor;
    private static Instant restart;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void startTwice() throws IOException {
        target = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
        InetSocketAddress busy;
        int api = Endpoints.freePort();
        try (ConfigurableApplicationContext first =
                new SpringApplication(SondeApplication.class)
                        .run(
                                arguments(
                                        "--sonde.toxiproxy.port=" + api,
                                        "--sonde.toxiproxy.persist=true"))) {
            Schedules schedules = first.getBean(Schedules.class);
            Listeners listeners = first.getBean(Listeners.class);
            schedules.change("a", _ -> probe("127.0.0.1:" + target.getLocalPort()));
            schedules.change("gone", _ -> probe("[fe80::1%gone0]:80"));
            busy = open(listeners, "busy", Endpoints.freePort());
            int probed = open(listeners, "probed", Endpoints.freePort()).getPort();
            schedules.change("own", _ -> probe("127.0.0.1:" + probed));
            any = open(listeners, "any", 0);
            fixed = open(listeners, "fixed", Endpoints.freePort());
            listeners.setPaused("fixed", true);
            new ToxiproxyClient("127.0.0.1", api)
                    .createProxy("kept", "127.0.0.1:0", fixed.toString().substring(1))
                    .toxics()
                    .latency("slow", ToxicDirection.UPSTREAM, 100);
            proxy = behaviour(listeners);
            await().until(() -> view(schedules, "a").health().state() == ProbeState.UP);
            before = view(schedules, "a");
            runOnce(schedules, "still", "127.0.0.1:" + target.getLocalPort());
            try (HttpCalls calls = new HttpCalls(Starter.port(first))) {
                last = calls.get("/probes/still").at("/last/id");
                cursor = calls.get("/probes?limit=1").at("/next");
            }
        }
        taken = new ServerSocket(busy.getPort(), 1, busy.getAddress());
        restart = Instant.now();
        service = startAfterProbes();
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        taken.close();
        target.close();
    }

    @Test
    void probeGoesOnWhereItWasWhenTheServiceStartsAgain() {
        ProbeSnapshot after = view(service.getBean(Schedules.class), "a");
        assertThat(after.definition()).isEqualTo(before.definition());
        ProbeHistory history = service.getBean(ProbeHistory.class);
        HistoryQuery earlier = new HistoryQuery(null, restart, null, null, MOST);
        assertThat(history.results("a", earlier).items())
                // The ticker of another process says nothing here.
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                        "attempts.connectAtNanos")
                .contains(before.last());
        assertThat(history.transitions("a", null, 10).items())
                .anyMatch(transition -> transition.to() == ProbeState.UP);
    }

    @Test
    void pagesAreTheSameWhenTheServiceStartsAgain() {
        try (HttpCalls calls = new HttpCalls(Starter.port(service))) {
            assertThat(calls.get("/probes/still").at("/last/id")).isEqualTo(last);
            Answer page = calls.get("/probes?limit=1&cursor=" + cursor);
            assertThat(page.at("/items/0/name")).isEqualTo("gone");
            assertThat(calls.get("/probes").at("/items/3/last/id")).isEqualTo(last);
        }
    }

    @Test
    void probeOfAnInterfaceThatIsGoneIsThereAndSaysWhyItIsNotProbed() {
        Schedules schedules = service.getBean(Schedules.class);
        assertThat(view(schedules, "gone").definition().spec())
                .isEqualTo(probe("[fe80::1%gone0]:80"));
        await().until(() -> view(schedules, "gone").last() != null);
        Outcome outcome = view(schedules, "gone").last().outcome();
        assertThat(outcome.reasonLabel()).isEqualTo("local_error");
        assertThat(outcome.detail()).contains("no interface");
        HistoryQuery newest = HistoryQuery.newest(1);
        ProbeHistory history = service.getBean(ProbeHistory.class);
        await().until(() -> !history.results("gone", newest).items().isEmpty());
    }

    @Test
    void listenerComesBackWhenTheServiceStartsAgain() {
        ProbeHistory history = service.getBean(ProbeHistory.class);
        assertThat(history.results("own", HistoryQuery.newest(MOST)).items())
                .allMatch(result -> result.outcome() instanceof Outcome.Succeeded);
        Listeners listeners = service.getBean(Listeners.class);
        ListenerStatus again = listeners.get("fixed").orElseThrow();
        assertThat(again.address()).isEqualTo(fixed);
        assertThat(again.state()).isEqualTo(ListenerState.PAUSED);
        assertThat(again.previousAddress()).isNull();
        ListenerStatus moved = listeners.get("any").orElseThrow();
        assertThat(moved.state()).isEqualTo(ListenerState.LISTENING);
        assertThat(moved.address()).isNotNull();
        assertThat(moved.previousAddress()).isEqualTo(any.equals(moved.address()) ? null : any);
        assertThat(behaviour(listeners)).isEqualTo(proxy);
    }

    @Test
    void listenerHasFailedAndIsTriedAgainWhenItsPortIsTakenAtTheStart() throws IOException {
        Listeners listeners = service.getBean(Listeners.class);
        ListenerStatus failed = listeners.get("busy").orElseThrow();
        assertThat(failed.state()).isEqualTo(ListenerState.FAILED);
        assertThat(failed.failure().problem()).isEqualTo(ListenerProblem.ADDRESS_IN_USE);
        taken.close();
        await().until(() -> listeners.get("busy").orElseThrow().state() == ListenerState.LISTENING);
    }

    @Test
    void noBeanSearchesAllOthersForNothing() {
        assertThat(List.of("jsonComponentModule", "methodValidationPostProcessor"))
                .noneMatch(service::containsBean);
        assertThat(service.getBeanNamesForAnnotation(JacksonComponent.class)).isEmpty();
    }

    @Test
    void nothingButTheStoreClosesTheDatabase() {
        assertThat(service.getBean(DataSource.class)).isNotInstanceOf(AutoCloseable.class);
    }

    /// Has a probe come up, and then run once an hour.
    private static void runOnce(Schedules schedules, String name, String target) {
        schedules.change(name, _ -> probe(target));
        await().until(() -> view(schedules, name).health().state() == ProbeState.UP);
        schedules.change(name, _ -> probe(target).withInterval(Duration.ofHours(1)));
    }

    private static ProbeSpec probe(String target) {
        return ProbeSpec.of(Target.parse(target), Duration.ofMillis(100));
    }

    /// Its web server is made when the probe of the own listener has run.
    private static ConfigurableApplicationContext startAfterProbes() {
        SpringApplication application = new SpringApplication(SondeApplication.class);
        application.addInitializers(
                context ->
                        ((GenericApplicationContext) context)
                                .registerBean(
                                        "afterProbes",
                                        WebServerFactoryCustomizer.class,
                                        () -> _ -> awaitRun(context)));
        return application.run(arguments("--sonde.listeners.retry=20ms"));
    }

    private static void awaitRun(ConfigurableApplicationContext starting) {
        Schedules schedules = starting.getBean(Schedules.class);
        await().until(
                        () ->
                                schedules
                                        .find("own")
                                        .map(ProbeSnapshot::last)
                                        .filter(last -> last.startedAt().isAfter(restart))
                                        .isPresent());
    }

    private static InetSocketAddress open(Listeners listeners, String name, int port) {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ListenerSpec spec = ListenerSpec.of(name, bind, new Behaviour.Echo(Duration.ZERO));
        return listeners.create(spec).address();
    }

    private static Behaviour behaviour(Listeners listeners) {
        return listeners.get("kept").orElseThrow().definition().spec().behaviour();
    }

    private static ProbeSnapshot view(Schedules schedules, String name) {
        return schedules.find(name).orElseThrow();
    }

    private static String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--server.port=0");
        arguments.add("--sonde.data-dir=" + directory);
        return arguments.toArray(String[]::new);
    }
}
