package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.Payload;
import dev.sonde.lab.Lab;
import dev.sonde.lab.Namespace;
import dev.sonde.lab.StrangePeer;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.spec.ObserveSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

    /// Type, code, reason, and a word of its detail.
    private static final List<String> V4 =
            List.of(
                    "3 0 net_unreachable network unreachable",
                    "3 1 host_unreachable host unreachable",
                    "3 2 refused protocol unreachable",
                    "3 3 refused port unreachable",
                    "3 5 net_unreachable source route failed",
                    "3 6 net_unreachable destination network unknown",
                    "3 7 host_unreachable destination host unknown",
                    "3 8 net_unreachable source host isolated",
                    "3 9 prohibited network administratively prohibited",
                    "3 10 prohibited host administratively prohibited",
                    "3 11 net_unreachable network unreachable for type of service",
                    "3 12 host_unreachable host unreachable for type of service",
                    "3 13 prohibited communication administratively prohibited",
                    "3 14 prohibited host precedence violation",
                    "3 15 prohibited precedence cutoff in effect",
                    "11 0 loop time to live exceeded in transit",
                    "12 0 parameter_problem parameter problem",
                    "12 1 parameter_problem required option missing",
                    "12 2 parameter_problem bad length");

    private static final List<String> V6 =
            List.of(
                    "1 0 net_unreachable no route to destination",
                    "1 1 prohibited administratively prohibited",
                    "1 2 host_unreachable beyond scope of source address",
                    "1 3 host_unreachable address unreachable",
                    "1 4 refused port unreachable",
                    "1 5 prohibited source address failed policy",
                    "1 6 prohibited reject route to destination",
                    "1 7 net_unreachable error in source routing header",
                    "3 0 loop hop limit exceeded in transit",
                    "3 1 host_unreachable fragment reassembly time exceeded",
                    "4 0 parameter_problem erroneous header field",
                    "4 1 parameter_problem unknown next header",
                    "4 2 parameter_problem unknown option");

    @Test
    void everyMessageHasItsReasonAndItsSender() throws IOException {
        try (Lab lab = open();
                StrangePeer _ = peer(lab, Lab.SERVER, "10.77.0.1");
                StrangePeer _ = peer(lab, BEHIND, "10.77.0.1");
                StrangePeer _ = peer(lab, Lab.SERVER_V6, "fd77::1");
                StrangePeer _ = peer(lab, BEHIND_V6, "fd77::1");
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Map<String, Submitted> submitted = new LinkedHashMap<>();
            for (String row : V4) {
                submitted.put("target " + row, submit(engine, Lab.SERVER, row));
                submitted.put("router " + row, submit(engine, BEHIND, row));
            }
            for (String row : V6) {
                submitted.put("target " + row, submit(engine, "[" + Lab.SERVER_V6 + "]", row));
                submitted.put("router " + row, submit(engine, "[" + BEHIND_V6 + "]", row));
            }
            submitted.forEach((row, each) -> check(row, engine.await(each)));
        }
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

    @Test
    void segmentsOfOtherConnectionsAreNoSilence() throws IOException {
        try (Lab lab = open();
                StrangePeer _ = peer(lab, Lab.SERVER, "10.77.0.1");
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Submitted acks = submit(engine, Lab.SERVER, StrangePeer.WRONG_ACK);
            Submitted resets = submit(engine, Lab.SERVER, StrangePeer.BARE_RST);
            Submitted tooBig = submit(engine, Lab.SERVER, 3 * 256 + 4);

            List<String> details = new ArrayList<>();
            for (Submitted each : List.of(acks, resets, tooBig)) {
                assertThat(engine.await(each).verdict()).isEqualTo("failed/timed_out");
                details.add(each.outcome().detail());
            }
            assertThat(details.get(0)).contains("that acknowledge something else");
            assertThat(details.get(1)).contains("RSTs without an acknowledgement");
            assertThat(details.get(2)).contains("a router says that packets of more than");
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
