package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionCounts;
import dev.sonde.listen.spec.ListenerEvent;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An observer that breaks its contract costs nobody anything.
class FailingObserverTest {

    @ParameterizedTest
    @ValueSource(classes = {ListenerEvent.Accepted.class, ListenerEvent.Ended.class})
    void theConnectionIsServedAndEndsWhenAnObserverThrows(Class<?> kind) throws Exception {
        try (ListenerLab lab = new ListenerLab()) {
            InetSocketAddress address = lab.open(new Behaviour.Echo(Duration.ZERO));
            lab.alsoTold =
                    event -> {
                        if (kind.isInstance(event)) {
                            throw new IllegalStateException("of a test");
                        }
                    };
            try (Socket client = lab.connect(address)) {
                client.getOutputStream().write('a');
                assertThat(client.getInputStream().read()).isEqualTo('a');
            }
            await().until(() -> lab.descriptors.used() == 1);
            ConnectionCounts counts = lab.status().connections();
            assertThat(counts.active()).isZero();
            assertThat(counts.accepted()).isOne();
        }
    }
}
