package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.EndlessPeer;
import dev.sonde.lab.EndlessPeer.Flood;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients that never stop sending: their connections end when their lifetime is over, or before,
/// and others on the same loops are served meanwhile. Each flood lasts until its connection ends.
class EndlessClientTest {

    private static final Limits SHORT = new Limits(1_000, null, Duration.ofMillis(400), null);
    private static final Set<ConnectionEnd> ENDS =
            EnumSet.of(ConnectionEnd.LIFETIME, ConnectionEnd.TLS_FAILED, ConnectionEnd.OUR_RST);

    private ListenerLab lab;
    private KeyMaterial keys;

    @BeforeEach
    void open() {
        lab = new ListenerLab();
        keys = Certificates.server(lab.authority, "server-a", "localhost", "127.0.0.1");
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    static List<Behaviour> behaviours() {
        return List.of(
                new Behaviour.Echo(Duration.ZERO),
                new Behaviour.Dialogue(List.of(DialogueStep.expect("never said"))),
                new Behaviour.Stream(null, 65_536, Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void connectionsEndInTimeAndOthersAreServedWhileClientsSend(Behaviour behaviour)
            throws Exception {
        InetSocketAddress plain = open("plain", behaviour, false);
        InetSocketAddress secured = open("secured", behaviour, true);
        InetSocketAddress echo = lab.open(ListenerLab.spec(new Behaviour.Echo(Duration.ZERO)));
        List<EndlessPeer> peers = new ArrayList<>();
        for (Flood flood : Flood.values()) {
            boolean isTls = flood.isInClear() || flood.isInside();
            peers.add(EndlessPeer.client(flood, keys, isTls ? secured : plain));
        }
        peers.forEach(EndlessPeer::awaitBegin);
        for (int i = 0; i < 4; i++) {
            Socket client = lab.connect(echo);
            client.getOutputStream().write('a');
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }

        List<ConnectionEnd> ends = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            ends.add(lab.next(ListenerEvent.Ended.class).end());
        }
        assertThat(ENDS).containsAll(ends);
    }

    private InetSocketAddress open(String name, Behaviour behaviour, boolean isTls) {
        ListenerSpec spec =
                ListenerSpec.of(name, ListenerLab.ANY_PORT, new Behaviour.Hold()).withLimits(SHORT);
        ListenerSpec either = isTls ? spec.withTls(TlsServerSettings.of("server-a")) : spec;
        return lab.open(either.withBehaviour(behaviour));
    }
}
