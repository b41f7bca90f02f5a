package dev.sonde.attempt;

import static dev.sonde.lab.TalkingPeer.hear;
import static dev.sonde.lab.TalkingPeer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.lab.TalkingPeer;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Dialogues of a probe, with peers that talk through blocking sockets.
class DialogueProbeTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    /// Without the text that is sent.
    private static final List<String> OUTLINE =
            List.of(
                    "expect \"(?m)^220 (?P<host>\\\\S+) .*\\r\\n\"",
                    "send",
                    "expect \"^250 ok\\r\\n\"");

    private TestEngine engine;

    @BeforeEach
    void open() {
        engine = TestEngine.setup().started();
    }

    @AfterEach
    void close() {
        engine.assertNothingHeld();
        engine.close();
    }

    @Test
    void probeSucceedsWhenThePeerSaysByteByByteWhatIsExpected() throws IOException {
        TalkingPeer.Talk talk =
                client -> {
                    for (byte each :
                            "220-hello\r\n220 mx ready\r\n".getBytes(StandardCharsets.UTF_8)) {
                        client.getOutputStream().write(each);
                    }
                    say(client, hear(client).equals("EHLO mx\r") ? "250 ok\r\n" : "500 what\r\n");
                    hear(client);
                };
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            talking(
                                    DialogueStep.expect("(?m)^220 (?P<host>\\S+) .*\r\n"),
                                    DialogueStep.send("EHLO ${host}\r\n"),
                                    DialogueStep.expect("^250 ok\r\n")));
            assertThat(told(result)).isEqualTo("succeeded/connected null");
            assertThat(result.phases())
                    .extracting(PhaseTime::phase)
                    .containsExactly(Phase.QUEUE, Phase.CONNECT, Phase.DIALOGUE);
            assertThat(result.reports())
                    .containsExactly(
                            new DialogueReport(
                                    3, null, Map.of("host", "mx"), 9, 33, null, OUTLINE));
            assertThat(result.timeline())
                    .extracting(event -> event.kind().label())
                    .contains("received", "sent", "close_fin");
        }
    }

    @Test
    void probeFailsAtOnceWhenTheAnswerIsRejected() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            hear(client);
                            say(client, "-ERR no \"such\" user\u0007\r\n");
                            hear(client);
                        })) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            talking(
                                    DialogueStep.send("USER secret\n"),
                                    DialogueStep.expect("^\\+OK").rejecting("^-ERR")));
            assertThat(told(result))
                    .isEqualTo(
                            "failed/rejected_answer step 2: the answer is one that is rejected:"
                                    + " \"-ERR no \\\"such\\\" user\\x07\\r\\n\"");
            assertThat(result.outcome().phase()).isEqualTo(Phase.DIALOGUE);
            assertThat(report(result).step()).isEqualTo(2);
            assertThat(result.toString()).doesNotContain("secret");
        }
    }

    @Test
    void answerIsUnexpectedWhenSomethingElseCameUntilTheTimeout() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            say(client, "HTTP/1.1 400 Bad Request\r\n");
                            hear(client);
                        })) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            talking(DialogueStep.expect("^SSH")).withTimeout(SHORT));
            assertThat(told(result))
                    .isEqualTo(
                            "failed/unexpected_answer step 1: what was expected did not come in time;"
                                    + " what came: \"HTTP/1.1 400 Bad Request\\r\\n\"");
        }
    }

    @Test
    void probeTimesOutWhenNothingComes() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(TalkingPeer::hear)) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            talking(DialogueStep.expect("^SSH")).withTimeout(SHORT));
            assertThat(told(result)).isEqualTo("failed/timed_out step 1: nothing came in time");
            assertThat(result.outcome().phase()).isEqualTo(Phase.DIALOGUE);
        }
    }

    @Test
    void probeTellsWhoClosedWhenThePeerEndsWithoutAnAnswer() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(TalkingPeer::hear)) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            talking(DialogueStep.send("hello\n"), DialogueStep.expect("^SSH")));
            assertThat(told(result))
                    .isEqualTo(
                            "failed/closed_by_peer step 2: the peer closed the connection (FIN)"
                                    + " without an answer");
        }
    }

    @Test
    void answerIsUnexpectedWhenThePeerSaysGoodbyeInstead() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(client -> say(client, "too many\n"))) {
            AttemptResult result =
                    engine.probe(peer.address(), talking(DialogueStep.expect("^SSH")));
            assertThat(told(result))
                    .startsWith("failed/unexpected_answer step 1: the peer closed")
                    .endsWith("\"too many\\n\"");
        }
    }

    @Test
    void probeFailsWithResetWhenThePeerAborts() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            say(client, "421 busy\n");
                            hear(client);
                            client.setOption(StandardSocketOptions.SO_LINGER, 0);
                        })) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            talking(DialogueStep.send("hello\n"), DialogueStep.expect("^220")));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/reset");
            assertThat(result.outcome().detail()).startsWith("step 2: ECONNRESET");
        }
    }

    @Test
    void bytesAreFoundWhenTheyComeInPieces() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            client.getOutputStream().write(0);
                            say(client, hear(client).equals("go") ? "\1\2" : "?");
                            hear(client);
                        })) {
            ProbeSettings settings =
                    talking(
                            DialogueStep.expectBytes(new Payload("AA==", true)),
                            DialogueStep.send("go\n"),
                            DialogueStep.expectBytes(Payload.text("\1\2")));
            assertThat(told(engine.probe(peer.address(), settings)))
                    .isEqualTo("succeeded/connected null");
            ProbeSettings wrong = talking(DialogueStep.expectBytes(Payload.text("\1")));
            assertThat(told(engine.probe(peer.address(), wrong)))
                    .isEqualTo(
                            "failed/unexpected_answer step 1: other bytes came than were expected:"
                                    + " \"\\x00\"");
        }
    }

    @Test
    void allIsSentWhenThePeerReadsLate() throws IOException {
        DialogueStep much = DialogueStep.send("x".repeat(60_000));
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            client.setReceiveBufferSize(4_096);
                            // It does not read before its own bytes are taken.
                            client.getOutputStream().write(new byte[20_000]);
                            client.getInputStream().readNBytes(2 * 60_000);
                            say(client, "ok");
                            hear(client);
                        })) {
            AttemptResult result =
                    engine.probe(peer.address(), talking(much, much, DialogueStep.expect("ok$")));
            assertThat(told(result)).isEqualTo("succeeded/connected null");
            assertThat(report(result).sentBytes()).isEqualTo(120_000);
            assertThat(report(result).receivedBytes()).isEqualTo(20_002);
        }
    }

    @Test
    void probeTimesOutWhenThePeerTakesNothing() throws IOException {
        DialogueStep big = DialogueStep.expect("(?P<big>x+)y");
        List<DialogueStep> steps = new ArrayList<>(List.of(big));
        steps.addAll(Collections.nCopies(99, DialogueStep.send("${big}${big}")));
        CountDownLatch isOver = new CountDownLatch(1);
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            say(client, "x".repeat(60_000) + "y");
                            hold(isOver);
                        })) {
            ProbeSettings settings =
                    ProbeSettings.DEFAULT
                            .withSteps(List.of(DialogueSettings.of(steps)))
                            .withTimeout(Duration.ofSeconds(1));
            AttemptResult result = engine.probe(peer.address(), settings);
            assertThat(Submitted.verdict(result)).isEqualTo("failed/timed_out");
            assertThat(result.outcome().detail()).contains("the peer took too little in time");
            isOver.countDown();
        }
    }

    @Test
    void patternIsFoundWhenMuchComesBeforeIt() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            say(client, "-".repeat(40_000));
                            for (int i = 0; i < 100; i++) {
                                say(client, "-");
                            }
                            say(client, "end");
                            hear(client);
                        })) {
            AttemptResult result =
                    engine.probe(peer.address(), talking(DialogueStep.expect("-(end)")));
            assertThat(told(result)).isEqualTo("succeeded/connected null");
        }
    }

    @Test
    void probeFailsWhenMoreComesThanIsKeptWithoutAMatch() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(client -> client.getOutputStream().write(new byte[200_000]))) {
            AttemptResult result =
                    engine.probe(peer.address(), talking(DialogueStep.expect("never")));
            assertThat(told(result))
                    .startsWith("failed/unexpected_answer step 1: 65536 bytes came")
                    .hasSizeLessThan(500);
        }
    }

    @Test
    void stepsWaitWhenTheyAreDelayed() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(TalkingPeer::hear)) {
            AttemptResult result = engine.probe(peer.address(), talking(DialogueStep.delay(SHORT)));
            assertThat(told(result)).isEqualTo("succeeded/connected null");
            assertThat(result.phases().getLast().tookNanos())
                    .isGreaterThanOrEqualTo(SHORT.toNanos());
            AttemptResult late =
                    engine.probe(
                            peer.address(),
                            talking(DialogueStep.delay(Duration.ofMinutes(1))).withTimeout(SHORT));
            assertThat(told(late))
                    .isEqualTo("failed/timed_out step 1: its delay was not over in time");
        }
    }

    @Test
    void reportTellsHowFarItCameWhenTheProbeIsCancelled() throws IOException {
        try (Peer peer = Peer.listening()) {
            Submitted probe =
                    engine.submit(
                            peer.address(),
                            talking(DialogueStep.send("hello"), DialogueStep.expect("x")));
            try (Socket client = peer.listener().accept().socket()) {
                assertThat(client.getInputStream().readNBytes(5)).hasSize(5);
                probe.probe.cancel();
                AttemptResult result = engine.await(probe).attempt();
                assertThat(Submitted.verdict(result)).isEqualTo("not_probed/cancelled");
                assertThat(report(result).step()).isEqualTo(2);
                assertThat(report(result).sentBytes()).isEqualTo(5);
            }
        }
    }

    private static void hold(CountDownLatch isOver) {
        try {
            isOver.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProbeSettings talking(DialogueStep... steps) {
        return ProbeSettings.DEFAULT.withSteps(List.of(DialogueSettings.of(List.of(steps))));
    }

    private static String told(AttemptResult result) {
        return Submitted.verdict(result) + " " + result.outcome().detail();
    }

    private static DialogueReport report(AttemptResult result) {
        return (DialogueReport) result.reports().getFirst();
    }
}
