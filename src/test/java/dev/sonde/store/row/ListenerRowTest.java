package dev.sonde.store.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.Delay;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Chance;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.RecordingLimits;
import dev.sonde.listen.spec.Sequence;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.ClientAuth;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.TlsAlert;
import dev.sonde.tls.certificate.TlsFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// What was written is read again, by this version and by later ones.
class ListenerRowTest {

    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Behaviour> behaviours() {
        return Stream.of(
                new Behaviour.Close(Duration.ofMillis(5)),
                new Behaviour.Reset(Duration.ZERO),
                new Behaviour.Discard(),
                new Behaviour.Echo(Duration.ofSeconds(1)),
                new Behaviour.Hold(),
                new Behaviour.Banner(new Payload("AAE=", true), true),
                new Behaviour.Dialogue(
                        List.of(
                                DialogueStep.expect("^ä\\d").rejecting("^-"),
                                DialogueStep.expectBytes(new Payload("AAE=", true)),
                                DialogueStep.delay(Duration.ofMillis(1)),
                                DialogueStep.send("x"),
                                DialogueStep.close(DialogueStep.Close.RST))),
                new Behaviour.Stream(null, 10, Duration.ofNanos(1)),
                new Behaviour.Stream(1L << 40, 10, Duration.ZERO),
                new Behaviour.Stall(),
                new Behaviour.Close(new Delay(Duration.ofMillis(5), Duration.ofMillis(4))),
                new Behaviour.Dialogue(List.of(DialogueStep.expect("a")), 7),
                new Behaviour.Dialogue(
                        List.of(
                                new DialogueStep(
                                        "a",
                                        null,
                                        null,
                                        Duration.ofMillis(5),
                                        Duration.ofMillis(2),
                                        null,
                                        false,
                                        null)),
                        Behaviour.Dialogue.WITHOUT_END),
                new Chance(
                        new Behaviour.Close(Duration.ofMillis(5)),
                        0.05,
                        new Chance(new Behaviour.Hold(), 0.5, new Behaviour.Discard())),
                new Sequence(
                        List.of(
                                new Sequence.Step(
                                        new Chance(
                                                new Behaviour.Hold(), 0.5, new Behaviour.Discard()),
                                        2,
                                        null),
                                new Sequence.Step(
                                        new Behaviour.Refuse(), null, Duration.ofSeconds(2)),
                                Sequence.Step.last(new Behaviour.Hold()))),
                new Behaviour.NeverAccept(),
                new Behaviour.QueueFull(),
                new Behaviour.HalfEstablish(),
                new Behaviour.Proxy(
                        new Target("db.example", 5432), List.of(), UpstreamFailure.HOLD, null),
                new Behaviour.Proxy(
                        // Its port is the listener's, and its interface is gone.
                        new Target("fe80::2%gone0", 65_535),
                        faults(),
                        UpstreamFailure.REFUSE,
                        TlsSettings.DEFAULT));
    }

    private static List<Fault> faults() {
        Duration some = Duration.ofMillis(7);
        return Stream.of(
                        new FaultEffect.Latency(some, some),
                        new FaultEffect.Bandwidth(0, true),
                        new FaultEffect.Slicer(2, 1, some),
                        new FaultEffect.SlowClose(some),
                        new FaultEffect.Blackhole(some),
                        new FaultEffect.Reset(some),
                        new FaultEffect.Limit(1),
                        new FaultEffect.Stall())
                .map(each -> new Fault(each.type(), FaultDirection.TO_CLIENT, 0.5, each))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void listenerIsTheSameWhenReadAgain(Behaviour behaviour) {
        ListenerSpec spec =
                new ListenerSpec(
                        "a",
                        new InetSocketAddress(InetAddress.ofLiteral("fe80::1"), 65_535),
                        7,
                        behaviour,
                        new Limits(3, null, Duration.ofDays(1), 1L << 40),
                        Duration.ofHours(1),
                        new RecordingLimits(2, 3),
                        null);
        assertThat(ListenerRow.spec("a", ListenerRow.definition(spec))).isEqualTo(spec);
    }

    static Stream<TlsServerSettings> handshakes() {
        return Stream.of(
                TlsServerSettings.of("server-a"),
                new TlsServerSettings(
                        "b",
                        ClientAuth.NEED,
                        List.of("h2", "http/1.1"),
                        new TlsFault(TlsFault.Type.ALERT, TlsAlert.UNKNOWN_CA)),
                TlsServerSettings.of("c").withFault(new TlsFault(TlsFault.Type.EXPIRED, null)));
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void handshakeIsTheSameWhenReadAgain(TlsServerSettings tls) {
        ListenerSpec spec =
                ListenerSpec.of(
                                "a",
                                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                                new Behaviour.Discard())
                        .withTls(tls);
        assertThat(ListenerRow.spec("a", ListenerRow.definition(spec))).isEqualTo(spec);
    }

    @Test
    void listenerIsReadWhenAnEarlierVersionWroteIt() {
        String written =
                """
                {"bind":"127.0.0.1:0","backlog":128,"behaviour":{"type":"dialogue","steps":[\
                {"expect":"^a"},{"send":"b","delay":"500ms"},{"close":"rst"}]},\
                "limits":{"connections":1000,"idle":"30s"},\
                "record":{"connections":100,"bytes":4096}}""";
        ListenerSpec spec =
                ListenerSpec.of(
                                "a",
                                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                                new Behaviour.Dialogue(
                                        List.of(
                                                DialogueStep.expect("^a"),
                                                new DialogueStep(
                                                        null,
                                                        null,
                                                        null,
                                                        Duration.ofMillis(500),
                                                        Payload.text("b"),
                                                        false,
                                                        null),
                                                DialogueStep.close(DialogueStep.Close.RST))))
                        .withLimits(new Limits(1_000, Duration.ofSeconds(30), null, null));
        assertThat(ListenerRow.spec("a", written)).isEqualTo(spec);
        assertThat(JSON.readTree(ListenerRow.definition(spec))).isEqualTo(JSON.readTree(written));
    }
}
