package dev.sonde.attempt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.dialogue.Script;
import dev.sonde.lab.HalfEstablished;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.ObserveReport.Verdict;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a connection is told to be after the connect, on loopback.
class ObserveTest {

    @Test
    void targetAnswersWhenItsProgramSends() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), observing(10_000, "PING"));
            SocketChannel accepted = accept(engine, peer);
            accepted.write(ByteBuffer.wrap(new byte[] {'P', 'O', 'N', 'G'}));
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
            assertThat(result.phases())
                    .extracting(PhaseTime::phase)
                    .containsExactly(Phase.QUEUE, Phase.CONNECT, Phase.OBSERVE);
            ObserveReport report = report(result);
            assertThat(report.verdict()).isEqualTo(Verdict.ANSWERING);
            assertThat(report.sentBytes()).isEqualTo(4);
            assertThat(report.receivedBytes()).isEqualTo(4);
            assertThat(report.unacknowledgedBytes()).isZero();
            assertThat(report.answeredMicros()).isPositive();
            assertThat(result.timeline())
                    .extracting(event -> event.kind().label())
                    .startsWith("connect_called", "connect_ready", "connect_finished", "sent")
                    .endsWith("readable", "received", "acknowledged", "close_fin");
            engine.assertNothingHeld();
        }
    }

    @Test
    void targetGivesNoAnswerWhenOnlyItsKernelTakesTheData() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            AttemptResult result = engine.probe(peer.address(), observing(300, "PING"));

            assertThat(Submitted.verdict(result)).isEqualTo("failed/no_answer");
            assertThat(result.outcome().phase()).isEqualTo(Phase.OBSERVE);
            assertThat(result.outcome().detail())
                    .contains("no answer within 300 ms", "has not accepted yet");
            assertThat(report(result).unacknowledgedBytes()).isZero();
            engine.assertNothingHeld();
        }
    }

    /// The greeting shows that the program has accepted.
    @Test
    void programStaysSilentWhenItHasSpokenBefore() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Script greeting = Script.of(List.of(DialogueStep.expect("hello")));
            List<StepSettings> steps =
                    new ArrayList<>(List.of(new DialogueSettings(greeting, false)));
            steps.addAll(observing(300, "PING").steps());
            Submitted probe = engine.submit(peer.address(), Settings.DEFAULT.withSteps(steps));
            accept(engine, peer).write(ByteBuffer.wrap("hello\n".getBytes(US_ASCII)));

            assertThat(engine.await(probe).verdict()).isEqualTo("failed/no_answer");
            assertThat(probe.outcome().detail())
                    .contains("its program stays silent")
                    .doesNotContain("accepted");
        }
    }

    @Test
    void silenceIsNoFailureWhenNothingWasSaid() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            AttemptResult result = engine.probe(peer.address(), observing(100, null));

            assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
            assertThat(result.outcome().detail()).contains("nothing was said to it");
            assertThat(report(result).verdict()).isEqualTo(Verdict.SILENT);
            assertThat(report(result).sentBytes()).isNull();
        }
    }

    @Test
    void targetClosesWhenItsProgramDoesBeforeItAnswers() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), observing(10_000, null));
            accept(engine, peer).close();

            assertThat(engine.await(probe).verdict()).isEqualTo("failed/closed_by_peer");
        }
    }

    @Test
    void targetResetsWhenItsProgramAbortsBeforeItAnswers() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), observing(10_000, "PING"));
            Peer.abort(accept(engine, peer));

            assertThat(engine.await(probe).verdict()).isEqualTo("failed/reset");
            assertThat(probe.outcome().phase()).isEqualTo(Phase.OBSERVE);
        }
    }

    /// The watch is over before the loop has its turn: nothing was sent, so nothing may be said.
    @Test
    void targetHasItsTimeToAnswerWhenTheProcessStoodStillBeforeTheSend() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe =
                    engine.submit(peer.address(), pingingAfter(50, Duration.ofMillis(30)));
            engine.turn();
            long untilNanos = System.nanoTime() + Duration.ofMillis(100).toNanos();
            while (System.nanoTime() - untilNanos < 0) {
                Thread.onSpinWait();
            }
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/no_answer");
            assertThat(report(result).sentBytes()).isEqualTo(4);
        }
    }

    /// The queue fills up while the prober waits before it sends; no answer would ever come.
    @Test
    void targetIsHalfEstablishedWhenItsQueueFilledUpAndDataIsNotTaken() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                HalfEstablished target = HalfEstablished.withRoomForOne()) {
            Submitted probe =
                    engine.submit(target.address(), pingingAfter(8_000, Duration.ofMillis(300)));
            engine.turn();
            target.fill();
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/half_established");
            assertThat(result.outcome().detail())
                    .contains("its accept queue is full")
                    .contains("a second connect ends with timed_out");
            assertThat(result.evidence().asked())
                    .containsExactly(
                            new Asked(
                                    Question.SECOND_CONNECT,
                                    "a second connect ends with timed_out"));
            ObserveReport report = report(result);
            assertThat(report.segmentsIn()).isPositive();
            engine.assertNothingHeld();
        }
    }

    /// Nothing is sent, so a second connect has to tell: a full queue drops its SYN.
    @Test
    void targetIsHalfEstablishedWhenItsQueueFilledUpAndNothingIsSaid() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                HalfEstablished target = HalfEstablished.withRoomForOne()) {
            Submitted probe = engine.submit(target.address(), observing(8_000, null));
            engine.turn();
            target.fill();
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/half_established");
            assertThat(report(result).secondConnect()).isEqualTo("timed_out");
            assertThat(result.timeline())
                    .extracting(event -> event.kind().label())
                    .contains("second_connect");
            engine.assertNothingHeld();
        }
    }

    @Test
    void nothingIsHeldWhenTheObservationIsCancelled() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), observing(10_000, "PING"));
            accept(engine, peer);
            probe.probe.cancel();

            assertThat(engine.await(probe).verdict()).isEqualTo("not_probed/cancelled");
            assertThat(probe.outcome().phase()).isEqualTo(Phase.OBSERVE);
            engine.assertNothingHeld();
        }
    }

    static ProbeSettings observing(long millis, @Nullable String payload) {
        Payload send = payload == null ? null : Payload.text(payload);
        return Settings.DEFAULT.withSteps(
                List.of(new ObserveSettings(Duration.ofMillis(millis), Duration.ZERO, send)));
    }

    private static ProbeSettings pingingAfter(long millis, Duration after) {
        ObserveSettings observe =
                new ObserveSettings(Duration.ofMillis(millis), after, Payload.text("PING"));
        return Settings.DEFAULT.withSteps(List.of(observe));
    }

    private static ObserveReport report(AttemptResult result) {
        return (ObserveReport) result.reports().getFirst();
    }

    /// The connection at the peer's end, once there is one.
    private static SocketChannel accept(TestEngine engine, Peer peer) throws IOException {
        engine.turn();
        return peer.listener().accept();
    }
}
