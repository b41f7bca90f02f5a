package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.Payload;
import dev.sonde.lab.OwnThread;
import dev.sonde.lab.RoutedLab;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.AskSettings;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.PathSettings;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Questions on request, over two real routers with firewalls. Needs root.
@Execution(ExecutionMode.CONCURRENT)
class AskedQuestionTest {

    /// A segment without payload is 52 bytes long, a SYN 60.
    private static final String SECOND_ROUTER =
            """
            table inet lab {
              chain forward {
                type filter hook forward priority 0;
                tcp dport { 22, 81 } drop
                tcp dport 85 tcp flags & syn == 0 ip length > 52 drop
                tcp dport 87 ip length > 700 drop
                tcp dport 88 tcp sport & 4 == 4 drop
                tcp dport 89 ip length > 1450 drop
                tcp sport 90 ip length > 700 drop
              }
            }
            """;

    private static final String FIRST_ROUTER =
            """
            table inet lab {
              chain forward {
                type filter hook forward priority 0;
                tcp dport 86 tcp flags & syn == 0 ip length > 52 reject with tcp reset
              }
            }
            """;

    private static RoutedLab lab;
    private static TestEngine engine;
    private static final List<ServerSocketChannel> LISTENERS = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        lab = RoutedLab.open();
        lab.router(1).nft(FIRST_ROUTER);
        lab.router(2).nft(SECOND_ROUTER);
        for (int port : new int[] {80, 85, 86, 87, 88, 89, 90}) {
            ServerSocketChannel listener = lab.listen(RoutedLab.SERVER, port);
            LISTENERS.add(listener);
            OwnThread.OF_EACH.execute(() -> echo(listener));
        }
        engine = lab.client().call(() -> TestEngine.setup().started());
    }

    @AfterAll
    static void close() throws IOException {
        if (lab != null) {
            engine.close();
            for (ServerSocketChannel listener : LISTENERS) {
                listener.close();
            }
            lab.close();
        }
    }

    private static void echo(ServerSocketChannel listener) {
        while (listener.isOpen()) {
            try {
                SocketChannel accepted = listener.accept();
                boolean isLong = listener.socket().getLocalPort() == 90;
                OwnThread.OF_EACH.execute(() -> echo(accepted, isLong ? 1_000 : 0));
            } catch (IOException _) {
                return; // closed at the end
            }
        }
    }

    /// @param least bytes of each answer
    private static void echo(SocketChannel accepted, int least) {
        try (accepted) {
            ByteBuffer bytes = ByteBuffer.allocate(2_048);
            while (accepted.read(bytes.clear()) > 0) {
                accepted.write(bytes.position(Math.max(least, bytes.position())).flip());
            }
        } catch (IOException _) {
            // The prober ends its connections with a RST.
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    80 | DATA_PATH | succeeded/connected   | data arrive at the peer, 3 hops away
                    85 | DATA_PATH | failed/unacknowledged | data come to 10.78.1.2, 2 hops away, and vanish behind it
                    86 | DATA_PATH | failed/reset          | came at most 2 hops far: a device on the path sends it, not the target, which is 3 hops away
                    80 | MTU       | succeeded/connected   | not asked: the run did not fail on a connection
                    85 | MTU       | failed/unacknowledged | fails alike (unacknowledged): the size of packets is not the cause
                    87 | MTU       | failed/unacknowledged | succeeds: larger packets get lost, an MTU black hole; packets of at most 576 bytes pass, of 1006 bytes get lost
                    89 | MTU       | failed/unacknowledged | packets of at most 1450 bytes pass, of 1460 bytes get lost
                    90 | MTU       | failed/no_answer      | succeeds: larger packets get lost, an MTU black hole
                    80 | FLOWS     | succeeded/connected   | 16 of 16 source ports are answered, twice
                    81 | FLOWS     | failed/timed_out      | none of 16 source ports is answered: the flow makes no difference
                    81 | PORTS     | failed/timed_out      | port 33434 answers with a RST
                    """)
    void answerIsThatOfTheRealPath(int port, Question question, String verdict, String words) {
        ProbeResult found = run(port, question, AskSettings.DEFAULT_PORT);

        assertThat(Submitted.verdict(found.deciding())).isEqualTo(verdict);
        Asked last = found.deciding().evidence().asked().getLast();
        assertThat(last.question()).isEqualTo(question);
        assertThat(last.answer()).contains(words);
    }

    /// Each source port is dropped with a probability of one half.
    @Test
    void deadFlowsAreTheSameTwice() {
        Asked last = run(88, Question.FLOWS, 1).deciding().evidence().asked().getLast();
        assertThat(last.answer())
                .matches("\\d+ of 16 source ports go unanswered, the same ones twice: .*");
    }

    @Test
    void policyIsAskedForTheSecondPort() throws IOException {
        try (TestEngine denying =
                lab.client()
                        .call(
                                () ->
                                        TestEngine.setup()
                                                .policy(
                                                        List.of(),
                                                        List.of("10.78.2.2:22", "10.78.2.2:33434"))
                                                .started())) {
            Asked last =
                    run(denying, 80, Question.PORTS, 22).deciding().evidence().asked().getLast();
            assertThat(last.answer())
                    .matches(
                            "port 22 was not asked: .*deny.*; UDP port 33434 was not asked: .*deny.*");
        }
    }

    /// A router drops the SYNs to both ports.
    @ParameterizedTest
    @ValueSource(strings = {RoutedLab.SERVER, RoutedLab.SERVER_V6})
    void hostIsUpWhereUdpReachesIt(String host) {
        ProbeSettings asking =
                settings(81, Question.PORTS).withAsk(new AskSettings(Set.of(Question.PORTS), 22));
        Asked last =
                run(engine, new Target(host, 81), asking).deciding().evidence().asked().getLast();
        assertThat(last.answer())
                .startsWith("port 22 does not answer within a second either; UDP port 33434 is ")
                .containsPattern("answered with ICMP(v6)? port unreachable ")
                .endsWith(" from the target: the host is up");
    }

    private static ProbeResult run(int port, Question question, int other) {
        return run(engine, port, question, other);
    }

    private static ProbeResult run(TestEngine asked, int port, Question question, int other) {
        return run(
                asked,
                new Target(RoutedLab.SERVER, port),
                settings(port, question).withAsk(new AskSettings(Set.of(question), other)));
    }

    private static ProbeResult run(TestEngine asked, Target target, ProbeSettings settings) {
        ProbeRunner runner =
                new ProbeRunner(
                        asked.prober,
                        name -> ProbeSettings.DEFAULT,
                        ListenerTimelines.none(),
                        List.of(),
                        List.of(),
                        Clock.systemUTC());
        CompletableFuture<ProbeResult> found = new CompletableFuture<>();
        var _ = runner.run(Origin.ofCheck(null), target, settings, found::complete);
        asked.turnUntil(found::isDone);
        return found.join();
    }

    private static int bytes(int port) {
        return switch (port) {
            case 87 -> 1_000;
            case 89 -> 3_000;
            default -> 3;
        };
    }

    /// Data of the path is interpreted with the path of SYNs.
    private static ProbeSettings settings(int port, Question question) {
        boolean sends = question == Question.DATA_PATH || question == Question.MTU;
        Duration watch = Duration.ofMillis(port == 80 ? 5_000 : 400);
        ProbeSettings plain = Settings.within(Duration.ofMillis(port == 81 ? 200 : 5_000));
        ProbeSettings sending =
                plain.withSteps(
                        List.of(
                                new ObserveSettings(
                                        watch,
                                        Duration.ZERO,
                                        Payload.text("x".repeat(bytes(port))))));
        return question == Question.DATA_PATH
                ? sending.withPath(new PathSettings(5, Duration.ofSeconds(15)))
                : sends ? sending : plain;
    }
}
