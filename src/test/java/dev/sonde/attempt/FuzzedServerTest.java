package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attack.FuzzSettings;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Script;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.FuzzedPeer;
import dev.sonde.lab.LoopWatch;
import dev.sonde.lab.OwnThread;
import dev.sonde.lab.TlsContexts;
import dev.sonde.probe.spec.CloseMode;
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
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Probes of servers that do what a seed says: each has one answer, which blames the service for
/// nothing, no event waits long for its loop, and nothing is left over.
class FuzzedServerTest {

    private static final int CASES = 200;
    private static final int CASES_OF_AN_ATTACK = 2_000;
    private static final long USUAL_SEED = 14;
    private static final int AT_ONCE = 20;
    private static final Duration LENGTH = Duration.ofMillis(200);
    private static final Pattern CLASS_NAME = Pattern.compile("\\w+Exception|\\w+\\.\\w+\\.[A-Z]");

    @Test
    void everyProbeHasAnAnswerWhateverItsServerDoes(@TempDir Path directory) throws Exception {
        attack(directory, FuzzSettings.seed(USUAL_SEED), FuzzSettings.cases(CASES));
    }

    @Test
    @Tag("attack")
    void everyProbeHasAnAnswerWhateverManyServersDo(@TempDir Path directory) throws Exception {
        long seed = FuzzSettings.seed(FuzzSettings.any());
        attack(directory, seed, FuzzSettings.cases(CASES_OF_AN_ATTACK));
    }

    private static void attack(Path directory, long seed, int cases) throws Exception {
        System.out.printf("-Dsonde.fuzz.seed=%d -Dsonde.fuzz.cases=%d%n", seed, cases);
        CertificateAuthority authority =
                new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        KeyMaterial keys = Certificates.server(authority, "server-a", "localhost");
        SSLContext context = TlsContexts.of(keys, keys.chain().getLast());
        try (TlsClients clients = new TlsClients(authority, 2);
                TestEngine engine = TestEngine.setup().tls(clients).started()) {
            // The first cases load classes on the loop.
            attack(engine, context, seed, 0);
            try (LoopWatch watch = new LoopWatch(engine.loops)) {
                for (int first = AT_ONCE; first < cases; first += AT_ONCE) {
                    attack(engine, context, seed, first);
                }
                assertThat(watch.longest()).as("seed %d", seed).isLessThan(LoopWatch.BOUND);
            }
            engine.assertNothingHeld();
        }
    }

    private static void attack(TestEngine engine, SSLContext context, long seed, int first)
            throws Exception {
        List<Peer> peers = new ArrayList<>();
        List<Submitted> probes = new ArrayList<>();
        for (int number = first; number < first + AT_ONCE; number++) {
            Peer peer = Peer.listening();
            Random random = FuzzedPeer.random(seed, number);
            ProbeSettings settings = settings(random);
            OwnThread.OF_EACH.execute(() -> serve(peer, random, context));
            peers.add(peer);
            probes.add(engine.submit(peer.address(), settings));
        }
        for (int i = 0; i < AT_ONCE; i++) {
            check(engine.await(probes.get(i)), seed, first + i);
            peers.get(i).close();
        }
    }

    private static void check(Submitted probe, long seed, int number) {
        String detail = String.valueOf(probe.outcome().detail());
        assertThat(probe.verdict() + " " + detail)
                .as("seed %d, case %d", seed, number)
                .doesNotContain("/local_error")
                .doesNotContainPattern(CLASS_NAME);
    }

    private static void serve(Peer peer, Random random, SSLContext context) {
        try (SocketChannel socket = peer.listener().accept()) {
            FuzzedPeer.serve(socket, random, context);
        } catch (Exception _) {
            // The probe was faster, or the two do not understand each other.
        }
    }

    private static ProbeSettings settings(Random random) {
        List<StepSettings> steps = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            steps.add(
                    new TlsSettings(
                            "localhost", List.of(), null, null, new TlsTrust.Insecure(), null));
        }
        switch (random.nextInt(5)) {
            case 0 -> steps.add(new HoldSettings(LENGTH, null, null, null));
            case 1 -> steps.add(new ObserveSettings(LENGTH, Duration.ZERO, null));
            case 2 -> steps.add(new FloodSettings(20_000_000, LENGTH, LENGTH));
            case 3 ->
                    steps.add(
                            new DialogueSettings(
                                    Script.of(List.of(DialogueStep.expect("never said"))), false));
            default -> {}
        }
        CloseMode close = random.nextBoolean() ? CloseMode.FIN : CloseMode.RST;
        return Settings.closing(close).withTimeout(Duration.ofMillis(400)).withSteps(steps);
    }
}
