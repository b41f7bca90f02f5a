package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Lab;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Question;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Causes on this host's own side of the first link. Needs root.
@Execution(ExecutionMode.CONCURRENT)
class OwnSideTest {

    private static final String OWN_FILTER =
            """
            table inet lab {
              chain output {
                type filter hook output priority 0;
                tcp dport 31 drop
              }
            }
            """;

    @Test
    void causesOfThisHostAreNamed() throws IOException {
        try (Lab lab = Lab.open();
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.client().nft(OWN_FILTER);
            lab.client().ip("route add unreachable 10.98.1.0/24\nroute add prohibit 10.98.2.0/24");
            lab.client().ip("route add throw 10.98.4.0/24");

            Map<String, String> expected = new LinkedHashMap<>();
            expected.put("10.77.0.2:31", "not_probed/no_permission own output filter drops");
            expected.put("10.98.1.1:80", "not_probed/local_error own says that the address is");
            expected.put("10.98.2.1:80", "not_probed/local_error own prohibits the address");
            expected.put("10.98.4.1:80", "not_probed/local_error no route of this host's own");
            expected.put("10.77.0.99:80", "failed/timed_out no SYN has left this host");
            Map<String, Submitted> submitted = new LinkedHashMap<>();
            expected.keySet()
                    .forEach(t -> submitted.put(t, engine.submit(t, Settings.withinMillis(1_800))));

            submitted.forEach(
                    (target, each) -> {
                        String[] words = Objects.requireNonNull(expected.get(target)).split(" ", 2);
                        assertThat(engine.await(each).verdict()).as(target).isEqualTo(words[0]);
                        assertThat(each.outcome().detail()).as(target).contains(words[1]);
                    });
        }
    }

    @Test
    void noPortIsLeft() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel _ = lab.listen(Lab.SERVER, 80);
                SocketChannel only = lab.openClient();
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.client().sysctl("ipv4/ip_local_port_range", "50000 50000");
            only.connect(new InetSocketAddress(Lab.SERVER, 80));
            Submitted submitted = engine.await(engine.submit("10.77.0.2:80", Settings.DEFAULT));
            assertThat(submitted.verdict()).isEqualTo("not_probed/no_local_port");
            assertThat(submitted.outcome().detail()).contains("no local port is free");
        }
    }

    @Test
    void ownRouteNeighbourAndLinkAreNamed() throws IOException {
        try (Lab lab = Lab.open();
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.client()
                    .ip(
                            """
                            link add idle type veth peer name other
                            address add 10.79.0.1/24 dev idle
                            link set idle up
                            route add 10.98.1.0/24 via 10.77.0.66
                            route add blackhole 10.98.3.0/24
                            """);
            Map<String, String> expected = new LinkedHashMap<>();
            expected.put("10.98.3.1:80", "a route of the kind blackhole");
            expected.put("10.98.1.1:80", "gateway 10.77.0.66 on veth0, and it does not answer ARP");
            expected.put("10.77.0.99:80", "on the network of veth0, and it does not answer ARP");
            expected.put("10.79.0.2:80", "does not answer ARP or ND; the link has no carrier");
            Map<String, Submitted> submitted = new LinkedHashMap<>();
            for (String target : expected.keySet()) {
                submitted.put(target, engine.submit(target, Settings.withinMillis(1_800)));
            }
            submitted.forEach(
                    (target, each) -> {
                        AttemptResult found = engine.await(each).attempt();
                        assertThat(found.outcome().detail())
                                .as(target)
                                .contains(expected.get(target));
                        assertThat(found.evidence().asked())
                                .extracting(Asked::question)
                                .containsExactly(Question.OWN_SIDE);
                    });
        }
    }

    @Test
    void hostWithoutIpv6IsNamed() throws IOException {
        try (Lab lab = Lab.open()) {
            for (String where : new String[] {"all", "lo", "veth0"}) {
                lab.client().sysctl("ipv6/conf/" + where + "/disable_ipv6", 1);
            }
            try (TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
                for (String target : new String[] {"[2001:db8::1]:443", "[::1]:443"}) {
                    Submitted submitted = engine.await(engine.submit(target, Settings.DEFAULT));
                    assertThat(submitted.verdict()).isEqualTo("not_probed/local_error");
                    assertThat(submitted.outcome().detail()).contains("this host has no IPv6");
                }
            }
        }
    }
}
