package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.path.PathOrder;
import dev.sonde.attempt.path.PathWalk;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.lab.RoutedLab;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.PathReport.Hop;
import dev.sonde.probe.path.PathSettings;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The path to a target over two real routers, of which the second has a firewall. Needs root.
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway") // a null fails the test
class PathTest {

    private static final String RULES =
            """
            table inet lab {
              chain forward {
                type filter hook forward priority 0;
                tcp dport 81 drop
                ip version 4 tcp dport 82 reject with icmp type admin-prohibited
                ip6 version 6 tcp dport 82 reject with icmpv6 type admin-prohibited
                tcp dport 83 reject with tcp reset
              }
            }
            """;

    /// A proxy that answers in the name of any host.
    private static final String PROXY =
            """
            table ip lab {
              chain prerouting {
                type nat hook prerouting priority -100;
                tcp dport 90 redirect to :90
              }
            }
            """;

    /// Far longer than it takes: a silent hop ends before the kernel repeats the SYN.
    private static final PathSettings FIVE = new PathSettings(5, Duration.ofSeconds(15));

    private static final PathSettings ONE = new PathSettings(1, Duration.ofSeconds(15));

    private static final PathSettings THREE = FIVE.withMaxHops(3);

    private static RoutedLab lab;
    private static TestEngine engine;
    private static ServerSocketChannel proxy;
    private static ServerSocketChannel listener;
    private static ServerSocketChannel listenerV6;

    @BeforeAll
    static void open() throws IOException {
        lab = RoutedLab.open();
        lab.router(2).nft(RULES);
        lab.router(1).nft(PROXY);
        // 10.99.0.0/16 goes round between the routers.
        lab.router(2).ip("route add 10.99.0.0/16 via 10.78.1.1");
        proxy =
                lab.router(1)
                        .call(
                                () ->
                                        ServerSocketChannel.open()
                                                .bind(new InetSocketAddress("0.0.0.0", 90)));
        listener = lab.listen(RoutedLab.SERVER, 80);
        listenerV6 = lab.listen(RoutedLab.SERVER_V6, 80);
        engine = lab.client().call(() -> TestEngine.setup().started());
        // IPv6 goes on when the links' carriers were noticed, which takes the kernel a second.
        assertThat(
                        engine.probe("[fd78:2::2]:80", Settings.within(Duration.ofSeconds(10)))
                                .outcome())
                .isInstanceOf(Outcome.Succeeded.class);
    }

    @AfterAll
    static void close() throws IOException {
        if (lab != null) {
            engine.close();
            proxy.close();
            listener.close();
            listenerV6.close();
            lab.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10.78.2.2:80     | 10.78.0.2 11/0; 10.78.1.2 11/0; 10.78.2.2         | true  | SYN-ACK comes from 3 hops away
                    10.78.2.2:84     | 10.78.0.2 11/0; 10.78.1.2 11/0; 10.78.2.2         | true  | RST comes from 3 hops away: from the target
                    10.78.2.2:83     | 10.78.0.2 11/0; 10.78.1.2 11/0; 10.78.2.2         | true  | or from a firewall on the way
                    10.78.2.2:82     | 10.78.0.2 11/0; 10.78.1.2 11/0; 10.78.1.2 3/13    | false | 10.78.1.2, 2 hops away, ends the path: ICMP communication administratively prohibited
                    10.78.2.2:81     | 10.78.0.2 11/0; 10.78.1.2 11/0; -                 | false | vanish behind it
                    10.78.9.9:90     | 10.78.9.9                                         | true  | a SYN-ACK comes from 1 hop away: from the target, or from a proxy in its name
                    10.99.0.1:80     | 10.78.0.2 11/0; 10.78.1.2 11/0; 10.78.0.2 11/0; 10.78.1.2 11/0; 10.78.0.2 11/0 | false | in a loop: it answers at the hops 1, 3, 5
                    [fd78:2::2]:80   | fd78::2 3/0; fd78:1::2 3/0; fd78:2::2             | true  | SYN-ACK comes from 3 hops away
                    [fd78:2::2]:84   | fd78::2 3/0; fd78:1::2 3/0; fd78:2::2             | true  | RST comes from 3 hops away: from the target
                    [fd78:2::2]:82   | fd78::2 3/0; fd78:1::2 3/0; fd78:1::2 1/1         | false | fd78:1::2, 2 hops away, ends the path: ICMPv6 administratively prohibited
                    [fd78:2::2]:81   | fd78::2 3/0; fd78:1::2 3/0; -                     | false | vanish behind it
                    """)
    void hopsAreThoseOfTheRealPath(String target, String hops, boolean reached, String words) {
        PathReport path = walk(target, words.contains("vanish") ? THREE : FIVE);

        assertThat(path.hops().stream().map(PathTest::text).collect(Collectors.joining("; ")))
                .isEqualTo(hops);
        assertThat(path.reached()).isEqualTo(reached);
        assertThat(path.detail()).contains(words);
    }

    @Test
    void lastHopIsTheLastThatAnswered() {
        assertThat(walk("10.78.2.2:81", THREE).lastHop()).isEqualTo(2);
    }

    @Test
    void policyIsAskedForEachSyn() throws IOException {
        try (TestEngine denying =
                lab.client()
                        .call(
                                () ->
                                        TestEngine.setup()
                                                .policy(List.of(), List.of("10.78.2.2"))
                                                .started())) {
            PathReport path = walk(denying, "10.78.2.2:80", FIVE);

            assertThat(path.detail()).contains("sonde.policy.targets.deny");
            assertThat(path.lastHop()).isNull();
        }
    }

    @Test
    void withoutTheKernelNothingIsSent() throws IOException {
        try (TestEngine blind =
                lab.client()
                        .call(
                                () ->
                                        TestEngine.setup()
                                                .kernel(KernelFeatures.none("off"))
                                                .started())) {
            assertThat(walk(blind, "10.78.2.2:80", FIVE).detail()).contains("cannot set a TTL");
        }
    }

    @Test
    void scheduledRunIsDeliveredBeforeItsPath() {
        ProbeSpec spec = spec("10.78.2.2:81", Settings.within(Duration.ofSeconds(1)).withPath(ONE));
        Listening listening = new Listening();
        var _ = runner().runScheduled("web", spec, 0, false, listening);

        engine.turnUntil(listening.evidence::isDone);
        assertThat(listening.result.join().deciding().path()).isNull();
        assertThat(listening.evidence.join().result()).isEqualTo(listening.result.join().id());
        assertThat(listening.evidence.join().findings().path()).isNotNull();
    }

    @Test
    void runByHandIsDeliveredWithItsPath() {
        ProbeSpec spec = spec("10.78.2.2:82", Settings.within(Duration.ofSeconds(1)));
        Listening listening = new Listening();
        var _ = runner().runScheduled(null, spec, 0, true, listening);

        engine.turnUntil(listening.result::isDone);
        assertThat(listening.result.join().deciding().path()).isNotNull();
        assertThat(listening.evidence).isNotDone();
    }

    @Test
    void pathOfAnIncidentIsAddedToItsResultAndToItsFirstOne() {
        ProbeSpec spec = spec("10.78.2.2:82", Settings.within(Duration.ofSeconds(1)));
        Listening listening = new Listening();
        var _ = runner().runScheduled("web", spec, 0, false, listening);
        engine.turnUntil(listening.result::isDone);
        ProbeResult found = listening.result.join();
        UUID first = new UUID(1, 1);
        Queue<LateEvidence> all = new ConcurrentLinkedQueue<>();
        runner().followIncident(spec, found, first, listening.with(all));

        engine.turnUntil(() -> all.size() == 2);
        assertThat(all).extracting(LateEvidence::result).containsExactly(found.id(), first);
        assertThat(all.element().findings().path().lastHop()).isEqualTo(3);
        assertThat(all.element().findings().asked()).hasSize(1);
    }

    private static ProbeRunner runner() {
        return new ProbeRunner(
                engine.prober,
                name -> ProbeSettings.DEFAULT,
                ListenerTimelines.none(),
                List.of(),
                List.of(),
                Clock.systemUTC());
    }

    private static ProbeSpec spec(String target, ProbeSettings settings) {
        return new ProbeSpec(
                Target.parse(target),
                Duration.ofMinutes(1),
                settings,
                null,
                Map.of(),
                false,
                Thresholds.DEFAULT);
    }

    /// A result, and the evidence that comes after it.
    private static final class Listening implements RunListener {
        final CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        final CompletableFuture<LateEvidence> evidence = new CompletableFuture<>();

        RunListener with(Queue<LateEvidence> all) {
            return new RunListener() {
                @Override
                public void onResult(ProbeResult next) {}

                @Override
                public void onEvidence(LateEvidence next) {
                    all.add(next);
                }
            };
        }

        @Override
        public void onResult(ProbeResult next) {
            assertThat(evidence).isNotDone();
            result.complete(next);
        }

        @Override
        public void onEvidence(LateEvidence next) {
            evidence.complete(next);
        }
    }

    private static PathReport walk(String target, PathSettings path) {
        return walk(engine, target, path);
    }

    private static PathReport walk(TestEngine walking, String target, PathSettings path) {
        CompletableFuture<PathReport> whenDone = new CompletableFuture<>();
        Prober prober = walking.prober;
        InetSocketAddress remote = AddressText.parseEndpoint(target);
        PathOrder order =
                prober.order(remote, Settings.within(Duration.ofSeconds(1)).withPath(path));
        var _ =
                prober.begin(
                        lane ->
                                new PathWalk(
                                        lane,
                                        order,
                                        prober.entry(remote, Share.RESERVED),
                                        whenDone::complete));
        walking.turnUntil(whenDone::isDone);
        return whenDone.join();
    }

    private static String text(Hop hop) {
        PathReport.Message icmp = hop.icmp();
        if (hop.rttMicros() == null) {
            return "-";
        }
        return icmp == null ? hop.address() : hop.address() + " " + icmp.type() + "/" + icmp.code();
    }
}
