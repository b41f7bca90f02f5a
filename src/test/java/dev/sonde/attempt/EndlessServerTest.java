package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.sonde.dialogue.Action;
import dev.sonde.dialogue.Script;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.EndlessPeer;
import dev.sonde.lab.EndlessPeer.Flood;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Servers that never stop sending: the probe ends in time all the same, and so do the others on
/// its loop. Each flood lasts until its probe has ended.
class EndlessServerTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int TURNS = 20;
    private static final Duration LENGTH = Duration.ofSeconds(50);

    /// Timeouts are long, and a test moves time on: a machine that stalls changes nothing.
    private final AtomicLong moved = new AtomicLong();

    private CertificateAuthority authority;
    private TlsClients clients;
    private TestEngine engine;
    private KeyMaterial keys;

    @BeforeEach
    void open(@TempDir Path directory) {
        authority = new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        keys = Certificates.server(authority, "server-a", "localhost", "127.0.0.1");
        clients = new TlsClients(authority, 2);
        engine =
                TestEngine.setup()
                        .ticker(() -> System.nanoTime() + moved.get())
                        .tls(clients)
                        .byHand();
    }

    @AfterEach
    void close() {
        engine.assertNothingHeld();
        engine.close();
    }

    /// @param verdict how the probe ends
    record Attack(Flood flood, String step, String verdict) {}

    private static Attack attack(Flood flood, String step, String verdict) {
        return new Attack(flood, step, verdict);
    }

    static List<List<Attack>> attacks() {
        String refused = "failed/tls_handshake_failed";
        String held = "succeeded/connected";
        String late = "failed/timed_out";
        String other = "failed/unexpected_answer or failed/timed_out";
        String stalled = "failed/send_stalled_zero_window or " + held;
        return List.of(
                List.of(
                        attack(Flood.WARNING_ALERTS, "none", late),
                        attack(Flood.EMPTY_ALERTS, "none", refused),
                        attack(Flood.HELLO_REQUESTS, "none", refused + " or " + late),
                        attack(Flood.EMPTY_HANDSHAKE_RECORDS, "none", refused)),
                List.of(
                        attack(Flood.MESSAGE_OF_ONE_BYTE_RECORDS, "none", refused),
                        attack(Flood.CHANGE_CIPHER_SPECS, "none", refused),
                        attack(Flood.EMPTY_DATA_IN_CLEAR, "none", refused)),
                List.of(
                        attack(Flood.ONE_BYTE_RECORDS, "hold", held),
                        attack(Flood.ONE_BYTE_RECORDS, "dialogue", other),
                        attack(Flood.OLD_ONE_BYTE_RECORDS, "dialogue", other),
                        attack(Flood.LARGE_RECORDS, "hold", held)),
                List.of(
                        attack(Flood.KEY_UPDATES, "hold", held),
                        attack(Flood.KEY_UPDATES, "dialogue", late),
                        attack(Flood.KEY_UPDATES, "flood", held)),
                List.of(
                        attack(Flood.ONE_BYTE_SEGMENTS, "hold", held),
                        attack(Flood.ONE_BYTE_SEGMENTS, "dialogue", other),
                        attack(Flood.LINES, "hold", held),
                        attack(Flood.LINES, "dialogue", other),
                        attack(Flood.LINES, "flood", stalled)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void probesEndInTimeAndOthersGoOnWhilePeersSend(List<Attack> attacks) throws Exception {
        List<EndlessPeer> peers = new ArrayList<>();
        List<Submitted> victims = new ArrayList<>();
        for (Attack attack : attacks) {
            EndlessPeer peer = EndlessPeer.server(attack.flood(), keys);
            ProbeSettings settings = Settings.within(TIMEOUT).withSteps(steps(attack));
            peers.add(peer);
            victims.add(engine.submit(peer.address(), settings));
        }
        for (int i = 0; i < peers.size(); i++) {
            EndlessPeer peer = peers.get(i);
            Submitted victim = victims.get(i);
            engine.turnUntil(() -> peer.hasBegun() || victim.isDone());
        }
        try (Peer other = Peer.listening()) {
            engine.await(engine.submit(other.address(), Settings.DEFAULT));
        }
        for (int i = 0; i < TURNS; i++) {
            settle();
            moved.addAndGet(LENGTH.toNanos() / 4);
            engine.turn();
        }

        for (int i = 0; i < peers.size(); i++) {
            peers.get(i).close();
            assertThat(attacks.get(i).verdict()).contains(victims.get(i).verdict());
        }
    }

    /// Time moves only while no task of TLS is away: else its deadline is missed by this side.
    private void settle() {
        long before;
        do {
            before = ((ThreadPoolExecutor) clients.threads()).getTaskCount();
            engine.turnUntil(this::isNothingAway);
            engine.turn();
        } while (((ThreadPoolExecutor) clients.threads()).getTaskCount() != before);
    }

    private boolean isNothingAway() {
        ThreadPoolExecutor threads = (ThreadPoolExecutor) clients.threads();
        return threads.getCompletedTaskCount() == threads.getTaskCount();
    }

    private static List<StepSettings> steps(Attack attack) {
        Flood flood = attack.flood();
        List<StepSettings> steps = new ArrayList<>();
        if (flood.isInClear() || flood.isInside()) {
            steps.add(
                    new TlsSettings(
                            "localhost", List.of(), null, null, new TlsTrust.Insecure(), null));
        }
        switch (attack.step()) {
            case "hold" -> steps.add(new HoldSettings(LENGTH, null, null, null));
            case "observe" -> steps.add(new ObserveSettings(LENGTH, Duration.ZERO, null));
            case "flood" ->
                    steps.add(new FloodSettings(100_000_000, LENGTH, Duration.ofMinutes(2)));
            case "dialogue" -> steps.add(dialogue());
            default -> {}
        }
        return steps;
    }

    private static DialogueSettings dialogue() {
        Action.Expect line =
                new Action.Expect(
                        1, Pattern.compile("never said"), null, Action.Reading.LINES, List.of());
        return new DialogueSettings(new Script(List.of(line), List.of()), false);
    }
}
