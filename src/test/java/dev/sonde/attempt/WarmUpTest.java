package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void warmUpConnectsWhereTheRulesDenyLoopback() throws Exception {
        try (TestEngine engine =
                        TestEngine.setup().policy(List.of(), List.of("127.0.0.0/8")).started();
                var own = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
                var other = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Prober warming = engine.prober.onlyFor((InetSocketAddress) own.getLocalSocketAddress());

            assertThat(outcome(warming, own)).isInstanceOf(Outcome.Succeeded.class);
            assertThat(outcome(warming, other))
                    .extracting(Outcome::reasonLabel)
                    .isEqualTo(NotProbedReason.DENIED_BY_POLICY.label());
        }
    }

    private static Outcome outcome(Prober prober, ServerSocket socket) throws Exception {
        var target = new Target("127.0.0.1", socket.getLocalPort());
        var done = new CompletableFuture<Outcome>();
        prober.submit(
                target,
                ProbeSettings.DEFAULT,
                attempts -> done.complete(attempts.getFirst().outcome()));
        return done.get(20, TimeUnit.SECONDS);
    }
}
