package dev.sonde.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedPortsTest {

    private final ListenerPorts listeners = new ListenerPorts();

    @ParameterizedTest
    @CsvSource({
        // listener       , probed             , own
        "127.0.0.1:7001, 127.0.0.1, 7001, true",
        "127.0.0.1:7001, 0.0.0.0,   7001, true",
        "127.0.0.1:7001, 127.0.0.2, 7001, false", // may be another process's
        "127.0.0.1:7001, 127.0.0.1, 7002, false",
        "0.0.0.0:7001,   127.0.0.2, 7001, true",
        "0.0.0.0:7001,   ::1,       7001, false",
        "[::]:7001,      127.0.0.2, 7001, true",
        "[::]:7001,      ::1,       7001, true",
        "0.0.0.0:7001,   192.0.2.1, 7001, false", // not of this host
        "127.0.0.9:1,    127.0.0.1, 8080, true", // the API
        "127.0.0.9:1,    192.0.2.1, 8080, false",
        "127.0.0.9:1,    127.0.0.1, 9090, false", // management
    })
    void socketIsOwnAtTheAddressesThatItListensOn(
            String listener, String address, int port, boolean own) throws Exception {
        listeners.opened(socket(listener));
        TargetPolicy policy = policy(List.of("10.0.0.0/8"), List.of());
        InetAddress probed = InetAddress.getByName(address);

        assertThat(policy.decideProbe(probed, port).isAllowed()).isEqualTo(own);
        assertThat(policy.decide(probed, port).isAllowed()).isFalse();
    }

    @Test
    void listenerIsNoLongerOwnOnceItIsClosed() throws Exception {
        listeners.opened(socket("127.0.0.1:7001"));
        listeners.closed(socket("127.0.0.1:7001"));
        assertThat(
                        policy(List.of(), List.of())
                                .decideProbe(InetAddress.ofLiteral("127.0.0.1"), 7001))
                .matches(Decision::isOpenedByAllow);
    }

    @Test
    void denyRuleWinsOverOwnPorts() throws Exception {
        listeners.opened(socket("127.0.0.1:7001"));
        assertThat(
                        policy(List.of(), List.of("127.0.0.0/8"))
                                .decideProbe(InetAddress.ofLiteral("127.0.0.1"), 7001))
                .isEqualTo(Decision.DENIED_BY_RULE);
    }

    private TargetPolicy policy(List<String> allow, List<String> deny) throws Exception {
        var api = Optional.of(socket("[::]:8080"));
        return new TargetPolicy(
                allow,
                deny,
                false,
                new ServedPorts(listeners, () -> api, new HostAddresses(System::nanoTime)));
    }

    private static InetSocketAddress socket(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        return new InetSocketAddress(
                InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
    }
}
