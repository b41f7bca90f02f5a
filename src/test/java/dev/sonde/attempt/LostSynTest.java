package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.DelayLine;
import dev.sonde.lab.Lab;
import dev.sonde.lab.LabRequirement;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.HoldSettings.Sending;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// SYNs that a path loses, counted by the kernel. Needs root.
@Execution(ExecutionMode.CONCURRENT)
class LostSynTest {

    /// Port n loses the first n SYNs; port 9 loses all.
    private static final String DROPS =
            """
            table ip lab {
              chain input {
                type filter hook input priority 0;
                tcp dport 1 tcp flags & (syn | ack) == syn numgen inc mod 2 < 1 drop
                tcp dport 2 tcp flags & (syn | ack) == syn numgen inc mod 3 < 2 drop
                tcp dport 5 tcp flags & (syn | ack) == syn numgen inc mod 6 < 5 drop
                tcp dport 9 drop
              }
            }
            """;

    /// The first answers from the ports 3 and 4 are lost on their way back.
    private static final String DROPS_OF_ANSWERS =
            """
            table ip lab {
              chain input {
                type filter hook input priority 0;
                tcp sport 3 tcp flags & (syn | ack) == (syn | ack) numgen inc mod 9 < 1 drop
                tcp sport 4 tcp flags & (syn | ack) == (syn | ack) numgen inc mod 9 < 1 drop
              }
            }
            """;

    @Test
    void lostSynsAreCountedAndTheirTimesAreTold() throws IOException {
        // Without linear timeouts (Linux 6.5) the sixth SYN leaves after 31 s.
        LabRequirement.file("/proc/sys/net/ipv4/tcp_syn_linear_timeouts");
        try (Lab lab = Lab.open();
                ServerSocketChannel _ = lab.listen(Lab.SERVER, 1);
                ServerSocketChannel _ = lab.listen(Lab.SERVER, 2);
                ServerSocketChannel _ = lab.listen(Lab.SERVER, 3);
                ServerSocketChannel _ = lab.listen(Lab.SERVER, 4);
                ServerSocketChannel _ = lab.listen(Lab.SERVER, 5);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.client().sysctl("ipv4/tcp_syn_linear_timeouts", 4);
            lab.server().nft(DROPS);
            lab.client().nft(DROPS_OF_ANSWERS);
            Submitted unheard = submit(engine, 3);
            Submitted exchanged = engine.submit(Lab.SERVER + ":4", exchanging(2));
            List<Submitted> lossy =
                    List.of(submit(engine, 1), submit(engine, 2), submit(engine, 5));
            Submitted silent = engine.submit(Lab.SERVER + ":9", Settings.withinMillis(2_500));

            lossy.forEach(engine::await);
            assertThat(lossy).extracting(Submitted::verdict).containsOnly("succeeded/connected");
            assertThat(lossy)
                    .extracting(s -> s.attempt().evidence().synRetransmits())
                    .containsExactly(1L, 2L, 5L);
            assertThat(lossy)
                    .allSatisfy(s -> assertThat(s.attempt().evidence().rttCoarse()).isTrue());
            assertThat(repetitions(lossy.getLast())).containsExactly(1, 2, 3, 4, 5);
            assertThat(lossy.getFirst().outcome().detail()).contains("it got lost on the way");

            assertThat(engine.await(unheard).verdict()).isEqualTo("succeeded/connected");
            assertThat(unheard.outcome().detail()).contains("got lost on the way back");
            assertThat(unheard.attempt().evidence().rttMicros()).isNull();
            assertThat(engine.await(exchanged).outcome().detail())
                    .endsWith(
                            "the SYN was repeated once: the answer to it got lost on the way back");

            assertThat(silent.verdict()).isEqualTo("failed/timed_out");
            assertThat(silent.outcome().detail())
                    .containsPattern("[3-9] SYNs went unanswered, sent at 0, 1\\.\\d, 2\\.\\d");
        }
    }

    @Test
    void kernelGivesTheSynUpBeforeTheTimeout() throws IOException {
        try (Lab lab = Lab.open();
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.client().sysctl("ipv4/tcp_syn_retries", 1);
            lab.server().nft(DROPS);
            Submitted silent = engine.await(submit(engine, 9));

            assertThat(silent.verdict()).isEqualTo("failed/timed_out");
            assertThat(silent.outcome().detail())
                    .isEqualTo("ETIMEDOUT: nothing answered the SYN until the kernel gave up");
        }
    }

    /// A round trip of data shows that no segment got lost.
    @Test
    void longPathIsToldFromALostAnswer() throws IOException {
        try (Lab lab = Lab.openUnlinked();
                DelayLine _ = DelayLine.open(lab, Duration.ofMillis(550));
                ServerSocketChannel _ = lab.listen(DelayLine.SERVER, 1);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Submitted probe = engine.submit(DelayLine.SERVER + ":1", exchanging(4));

            assertThat(engine.await(probe).verdict()).isEqualTo("succeeded/connected");
            assertThat(probe.outcome().detail())
                    .containsPattern("the SYN was repeated .*: the path takes 1\\d\\d\\d ms");
        }
    }

    /// The peer's kernel acknowledges what is sent.
    private static ProbeSettings exchanging(int seconds) {
        Sending sending = new Sending(Duration.ofMillis(100), 20);
        return Settings.within(Duration.ofSeconds(15))
                .withSteps(
                        List.of(
                                new HoldSettings(
                                        Duration.ofSeconds(seconds), null, null, sending)));
    }

    private static List<Integer> repetitions(Submitted submitted) {
        return submitted.attempt().timeline().stream()
                .filter(event -> event.kind().label().equals("syn_retransmitted"))
                .map(TimelineEvent::count)
                .toList();
    }

    private static Submitted submit(TestEngine engine, int port) {
        return engine.submit(Lab.SERVER + ":" + port, Settings.within(Duration.ofSeconds(15)));
    }
}
