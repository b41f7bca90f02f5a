package dev.sonde.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.dialogue.Delay;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Chance;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.Sequence;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Behaviours that change from one connection to the next.
class SequenceTest {

    private static final Behaviour RESET = new Behaviour.Reset(Duration.ZERO);
    private static final Behaviour CLOSE = new Behaviour.Close(Duration.ZERO);
    private static final Behaviour ECHO = new Behaviour.Echo(Duration.ZERO);

    private final ListenerLab lab = new ListenerLab();

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    private static Sequence sequence(Object... parts) {
        List<Sequence.Step> steps = new ArrayList<>();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            Behaviour behaviour = (Behaviour) parts[i + 1];
            steps.add(
                    parts[i] instanceof Duration time
                            ? new Sequence.Step(behaviour, null, time)
                            : new Sequence.Step(behaviour, (Integer) parts[i], null));
        }
        steps.add(Sequence.Step.last((Behaviour) parts[parts.length - 1]));
        return new Sequence(steps);
    }

    private String echoed(InetSocketAddress address) throws IOException {
        Socket client = lab.connect(address);
        client.getOutputStream().write('x');
        return new String(client.getInputStream().readNBytes(1), US_ASCII);
    }

    @Test
    void eachConnectionMeetsItsStepWhenTheyComeOneAfterTheOther() throws Exception {
        InetSocketAddress address = lab.open(sequence(2, RESET, 1, CLOSE, ECHO));
        for (int i = 0; i < 2; i++) {
            assertThat(lab.isReset(address)).isTrue();
        }
        assertThat(lab.connect(address).getInputStream().read()).isEqualTo(-1);
        assertThat(echoed(address)).isEqualTo("x");
        assertThat(echoed(address)).isEqualTo("x");
    }

    @Test
    void portIsRefusedBetweenTwoStepsWhenTheStepRefuses() throws Exception {
        InetSocketAddress address =
                lab.open(sequence(1, CLOSE, Duration.ofMillis(200), new Behaviour.Refuse(), ECHO));
        assertThat(lab.connect(address).getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> lab.connect(address)).isInstanceOf(ConnectException.class);
        assertThat(echoedSoon(address)).isEqualTo("x");
    }

    private String echoedSoon(InetSocketAddress address) throws IOException {
        while (true) {
            try {
                return echoed(address);
            } catch (ConnectException _) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void stepsAreWithoutEffectOnOpenConnectionsWhenTheyMoveOn() throws Exception {
        InetSocketAddress address = lab.open(sequence(1, ECHO, RESET));
        Socket first = lab.connect(address);
        first.getOutputStream().write('a');
        assertThat(first.getInputStream().read()).isEqualTo('a');
        assertThat(lab.isReset(address)).isTrue();
        first.getOutputStream().write('b');
        assertThat(first.getInputStream().read()).isEqualTo('b');
    }

    @Test
    void sequenceKeepsItsPlaceWhenTheListenerIsReplacedByItself() throws Exception {
        Sequence sequence = sequence(1, RESET, ECHO);
        InetSocketAddress address = lab.open(sequence);
        assertThat(lab.isReset(address)).isTrue();
        lab.listeners.replace(ListenerLab.spec(sequence), _ -> {});
        assertThat(echoed(address)).isEqualTo("x");
        lab.listeners.replace(ListenerLab.spec(sequence(1, CLOSE, ECHO)), _ -> {});
        assertThat(lab.connect(address).getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void bothBehavioursAreMetWhenOneIsDrawn() throws Exception {
        InetSocketAddress address = lab.open(new Chance(CLOSE, 0.5, RESET));
        int resets = 0;
        for (int i = 0; i < 100; i++) {
            boolean isReset = lab.isReset(address);
            assertThat(lab.ended().end())
                    .isEqualTo(isReset ? ConnectionEnd.OUR_RST : ConnectionEnd.OUR_FIN);
            resets += isReset ? 1 : 0;
        }
        // A fair coin misses this once in 10^23.
        assertThat(resets).isBetween(1, 99);
    }

    @Test
    void keptAliveClientIsAnsweredAHundredTimesWhenTheDialogueRepeats() throws Exception {
        Behaviour.Dialogue dialogue =
                new Behaviour.Dialogue(
                        List.of(DialogueStep.expect("PING (\\d+);"), DialogueStep.send("${1}.")),
                        Behaviour.Dialogue.WITHOUT_END);
        Socket client = lab.connect(lab.open(dialogue));
        for (int i = 100; i < 200; i++) {
            client.getOutputStream().write(("PING " + i + ";").getBytes(US_ASCII));
            assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo(i + ".");
        }
        client.getOutputStream().write("PING 1;PING 2;PING 3;".getBytes(US_ASCII));
        assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("1.2.3.");
    }

    @Test
    void roundsEndWhenTheDialogueHasANumberOfThem() throws Exception {
        Behaviour.Dialogue dialogue =
                new Behaviour.Dialogue(
                        List.of(DialogueStep.expect("a"), DialogueStep.send("b")), 2);
        Socket client = lab.connect(lab.open(dialogue));
        client.getOutputStream().write("aaaa".getBytes(US_ASCII));
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("bb");
    }

    @Test
    void emptyMatchWaitsForMoreWhenTheDialogueRepeats() throws Exception {
        Behaviour.Dialogue dialogue =
                new Behaviour.Dialogue(
                        List.of(DialogueStep.expect("x*"), DialogueStep.send("y")),
                        Behaviour.Dialogue.WITHOUT_END);
        Socket client = lab.connect(lab.open(dialogue));
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("y");
    }

    @Test
    void timesDifferWhenADelayHasJitter() {
        Delay delay = new Delay(Duration.ofMillis(10), Duration.ofMillis(5));
        List<Duration> drawn = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            drawn.add(delay.drawn());
        }
        assertThat(drawn)
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .isBetween(Duration.ofMillis(5), Duration.ofMillis(15)));
        assertThat(drawn.stream().distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void waitEndsWhenAConnectionHasSentTheText() throws Exception {
        InetSocketAddress address = lab.open(new Behaviour.Discard());
        ConnectionWait wish =
                new ConnectionWait(
                        view -> new String(view.recordedBytes(), US_ASCII).contains("PING"),
                        1,
                        Duration.ofMinutes(1));
        Thread talking =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        Socket client = lab.connect(address);
                                        client.getOutputStream().write("PI".getBytes(US_ASCII));
                                        client.getOutputStream().write("NG".getBytes(US_ASCII));
                                    } catch (IOException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
        WaitedConnections found = lab.listeners.await("a", wish).orElseThrow();
        assertThat(found.outcome()).isEqualTo(WaitedConnections.Outcome.MET);
        assertThat(found.found()).hasSize(1);
        assertThat(talking.join(Duration.of(1, TimeUnit.MINUTES.toChronoUnit()))).isTrue();
        ConnectionWait vain = new ConnectionWait(_ -> false, 1, Duration.ZERO);
        assertThat(lab.listeners.await("a", vain).orElseThrow().outcome())
                .isEqualTo(WaitedConnections.Outcome.TIMED_OUT);
    }

    @Test
    void sequenceIsRefusedWhenItsStepsContradictEachOther() {
        assertThatThrownBy(() -> sequence(1, new Behaviour.QueueFull(), ECHO))
                .isInstanceOf(ListenerException.class);
        assertThatThrownBy(() -> new Chance(new Behaviour.Refuse(), 0.5, ECHO))
                .isInstanceOf(ListenerException.class);
        assertThatThrownBy(() -> sequence(1, sequence(ECHO), ECHO))
                .isInstanceOf(InvalidListenerException.class);
        assertThatThrownBy(
                        () ->
                                new Sequence(
                                        List.of(
                                                Sequence.Step.last(ECHO),
                                                Sequence.Step.last(ECHO))))
                .isInstanceOf(InvalidListenerException.class);
        assertThatThrownBy(() -> new Sequence(List.of(new Sequence.Step(ECHO, 1, null))))
                .isInstanceOf(InvalidListenerException.class);
        assertThatThrownBy(
                        () ->
                                new Behaviour.Dialogue(
                                        List.of(DialogueStep.send("x")),
                                        Behaviour.Dialogue.WITHOUT_END))
                .isInstanceOf(InvalidListenerException.class);
    }
}
