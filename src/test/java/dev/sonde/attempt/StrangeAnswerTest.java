package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.dialogue.Payload;
import dev.sonde.lab.Cause;
import dev.sonde.lab.Lab;
import dev.sonde.lab.Namespace;
import dev.sonde.lab.StrangePeer;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.spec.ObserveSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// ICMP messages of every kind, and segments of other connections, as answers to a SYN: written to
/// the wire byte by byte, from the target and from a router. Needs root.
@Execution(ExecutionMode.CONCURRENT)
class StrangeAnswerTest {

    private static final String BEHIND = "10.66.0.1";
    private static final String BEHIND_V6 = "fd66::1";

    /// The kernel's own RST has a window of 0.
    private static final String NO_RST =
            """
            table inet lab {
              chain output {
                type filter hook output priority 0;
                tcp flags & rst == rst tcp window 0 drop
              }
            }
            """;

    @Test
    void everyMessageHasItsReasonAndItsSender() throws IOException {
        try (Lab lab = open();
                StrangePeer _ = peer(lab, Lab.SERVER, "10.77.0.1");
                StrangePeer _ = peer(lab, BEHIND, "10.77.0.1");
                StrangePeer _ = peer(lab, Lab.SERVER_V6, "fd77::1");
                StrangePeer _ = peer(lab, BEHIND_V6, "fd77::1");
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Map<String, Submitted> submitted = new LinkedHashMap<>();
            for (Cause cause : Cause.all()) {
                if (cause.section().equals("ICMP")) {
                    boolean isV6 = cause.cause().startsWith("ICMPv6");
                    String row = row(cause);
                    String target = isV6 ? "[" + Lab.SERVER_V6 + "]" : Lab.SERVER;
                    String router = isV6 ? "[" + BEHIND_V6 + "]" : BEHIND;
                    submitted.put("target " + row, submit(engine, target, row));
                    submitted.put("router " + row, submit(engine, router, row));
                }
            }
            assertThat(submitted).hasSize(74);
            submitted.forEach((row, each) -> check(row, engine.await(each)));
        }
    }

    /// Type, code, reason, and words of its detail.
    private static String row(Cause cause) {
        return cause.cause()
                .replaceFirst(
                        "ICMP(?:v6)? (\\d+)/(\\d+), (.*)",
                        "$1 $2 " + cause.expected().substring("failed/".length()) + " $3");
    }

    private static void check(String row, Submitted submitted) {
        String[] words = row.split(" ", 5);
        String detail = submitted.outcome().detail();
        assertThat(submitted.verdict()).as(row).isEqualTo("failed/" + words[3]);
        assertThat(detail).as(row).contains(words[4]);
        if (words[0].equals("target")) {
            assertThat(detail).as(row).contains("from the target");
        } else {
            assertThat(detail).as(row).contains(", not the target").doesNotContain("host is up");
        }
    }

    /// Answers that end no connect. The kernel ignores a message about fragments (`icmp_unreach` in
    /// Linux `net/ipv4/icmp.c`), and in SYN_SENT one about the size of IPv6 packets
    /// (`tcp_v6_mtu_reduced`).
    @Test
    void segmentsOfOtherConnectionsAreNoSilence() {
        // A machine that stands still may delay an answer for longer than the timeout.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> {
                            try (Lab lab = open();
                                    StrangePeer _ = peer(lab, Lab.SERVER, "10.77.0.1");
                                    StrangePeer _ = peer(lab, Lab.SERVER_V6, "fd77::1")) {
                                connectsGoOn(lab);
                            }
                        });
    }

    private static void connectsGoOn(Lab lab) throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("that acknowledge something else", StrangePeer.WRONG_ACK);
        ports.put("RSTs without an acknowledgement", StrangePeer.BARE_RST);
        ports.put("a router says that packets of more than 600 bytes", StrangePeer.TOO_BIG);
        ports.put("went unanswered, sent at 0, 1", 11 * 256 + 1);
        ports.put("SYNs went unanswered, sent at 0", 2 * 256);
        Map<String, Submitted> submitted = new LinkedHashMap<>();
        try (TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            ports.forEach(
                    (words, port) ->
                            submitted.put(
                                    words,
                                    submit(
                                            engine,
                                            port == 512 ? "[" + Lab.SERVER_V6 + "]" : Lab.SERVER,
                                            port)));
            submitted.forEach(
                    (words, each) -> {
                        assertThat(engine.await(each).verdict()).isEqualTo("failed/timed_out");
                        assertThat(each.outcome().detail()).contains(words).doesNotContain("ARP");
                    });
        }
    }

    @Test
    void tarpitIsNamed() throws IOException {
        try (Lab lab = open();
                StrangePeer _ = peer(lab, Lab.SERVER, "10.77.0.1");
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            ObserveSettings observe =
                    new ObserveSettings(Duration.ofSeconds(1), Duration.ZERO, Payload.text("PING"));
            AttemptResult result =
                    engine.probe(
                            Lab.SERVER + ":" + StrangePeer.TARPIT,
                            Settings.DEFAULT.withSteps(List.of(observe)));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/unacknowledged");
            assertThat(result.outcome().detail()).contains("zero from its first answer on");
        }
    }

    private static Lab open() throws IOException {
        Lab lab = Lab.open();
        lab.server().ip("address add 10.66.0.1/32 dev lo\naddress add fd66::1/128 dev lo nodad");
        lab.server().nft(NO_RST);
        return lab;
    }

    private static StrangePeer peer(Lab lab, String own, String client) throws IOException {
        Namespace server = lab.server();
        return StrangePeer.in(server, own, client);
    }

    private static Submitted submit(TestEngine engine, String host, String row) {
        String[] words = row.split(" ", 3);
        int port = Integer.parseInt(words[0]) * 256 + Integer.parseInt(words[1]);
        return submit(engine, host, port);
    }

    private static Submitted submit(TestEngine engine, String host, int port) {
        return engine.submit(host + ":" + port, Settings.withinMillis(2_500));
    }
}
