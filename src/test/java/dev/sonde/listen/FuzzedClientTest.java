package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attack.FuzzSettings;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.FuzzedPeer;
import dev.sonde.lab.LoopWatch;
import dev.sonde.lab.OwnThread;
import dev.sonde.lab.TlsContexts;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.KeyMaterial;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Listeners with clients that do what a seed says: every connection ends, none by an error of the
/// service, no event waits long for its loop, and nothing is left over.
class FuzzedClientTest {

    private static final int CASES = 200;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 10;
    private static final long USUAL_SEED = 14;
    private static final Limits SHORT = new Limits(1_000, null, Duration.ofMillis(300), null);
    private static final List<Behaviour> BEHAVIOURS =
            List.of(
                    new Behaviour.Echo(Duration.ZERO),
                    new Behaviour.Hold(),
                    new Behaviour.Discard(),
                    new Behaviour.Stream(null, 1_000, Duration.ofMillis(1)),
                    new Behaviour.Dialogue(List.of(DialogueStep.expect("never said"))));

    @Test
    void everyConnectionEndsWhateverItsClientDoes() throws Exception {
        attack(FuzzSettings.seed(USUAL_SEED));
    }

    @Test
    @Tag("attack")
    void everyConnectionEndsWhateverManyClientsDo() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            attack(FuzzSettings.seed(FuzzSettings.any()));
        }
    }

    private static void attack(long seed) throws Exception {
        System.out.printf("-Dsonde.fuzz.seed=%d%n", seed);
        try (ListenerLab lab = new ListenerLab()) {
            KeyMaterial keys = Certificates.server(lab.authority, "server-a", "localhost");
            SSLContext context = TlsContexts.of(null, keys.chain().getLast());
            List<InetSocketAddress> listeners = new ArrayList<>();
            for (Behaviour behaviour : BEHAVIOURS) {
                listeners.add(open(lab, "p" + listeners.size(), behaviour, false));
                listeners.add(open(lab, "p" + listeners.size(), behaviour, true));
            }
            int channels = lab.channels();
            // The first cases load classes on the loops.
            Attack attack = new Attack(lab, listeners, context, seed);
            attack.run(0, WARM_UP);
            try (LoopWatch watch = new LoopWatch(lab.loops)) {
                attack.run(WARM_UP, FuzzSettings.cases(CASES));
                assertThat(watch.longest()).as("seed %d", seed).isLessThan(LoopWatch.BOUND);
            }
            while (lab.channels() > channels) {
                Thread.onSpinWait();
            }
            assertThat(lab.descriptors.used()).isEqualTo(listeners.size());
        }
    }

    private record Attack(
            ListenerLab lab, List<InetSocketAddress> listeners, SSLContext context, long seed) {

        void run(int from, int to) throws Exception {
            for (int number = from; number < to; number++) {
                InetSocketAddress listener = listeners.get(number % listeners.size());
                Random random = FuzzedPeer.random(seed, number);
                OwnThread.OF_EACH.execute(() -> call(listener, random, context));
            }
            for (int i = from; i < to; i++) {
                assertThat(lab.next(ListenerEvent.Ended.class).end())
                        .as("seed %d", seed)
                        .isNotEqualTo(ConnectionEnd.ERROR);
            }
        }
    }

    private static void call(InetSocketAddress to, Random random, SSLContext context) {
        try (SocketChannel socket = SocketChannel.open(to)) {
            FuzzedPeer.call(socket, random, context);
        } catch (Exception _) {
            // The listener was faster, or the two do not understand each other.
        }
    }

    private static InetSocketAddress open(
            ListenerLab lab, String name, Behaviour behaviour, boolean isTls) {
        ListenerSpec spec =
                ListenerSpec.of(name, ListenerLab.ANY_PORT, new Behaviour.Hold()).withLimits(SHORT);
        ListenerSpec either = isTls ? spec.withTls(TlsServerSettings.of("server-a")) : spec;
        return lab.open(either.withBehaviour(behaviour));
    }
}
