package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Lab;
import dev.sonde.lab.LabRequirement;
import dev.sonde.probe.finding.TimelineEvent;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// SYNs that a path loses, counted by the kernel. Needs root.
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

    /// The first answer from port 3 is lost on its way back.
    private static final String DROPS_OF_ANSWERS =
            """
            table ip lab {
              chain input {
                type filter hook input priority 0;
                tcp sport 3 tcp flags & (syn | ack) == (syn | ack) numgen inc mod 9 < 1 drop
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
                ServerSocketChannel _ = lab.listen(Lab.SERVER, 5);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.client().sysctl("ipv4/tcp_syn_linear_timeouts", 4);
            lab.server().nft(DROPS);
            lab.client().nft(DROPS_OF_ANSWERS);
            Submitted unheard = submit(engine, 3);
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

            assertThat(silent.verdict()).isEqualTo("failed/timed_out");
            assertThat(silent.outcome().detail())
                    .containsPattern("[3-9] SYNs went unanswered, sent at 0, 1\\.\\d, 2\\.\\d");
        }
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
