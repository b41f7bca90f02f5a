package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.kernel.KernelFeatures;
import dev.sonde.lab.Lab;
import dev.sonde.probe.finding.AttemptResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A connect to a dead local port for which the kernel chooses that very port as the source: made
/// certain by leaving it no other. Needs root.
class SelfConnectTest {

    static List<KernelFeatures> kernelOnAndOff() {
        return List.of(TestEngine.KERNEL, TestEngine.NO_KERNEL);
    }

    @ParameterizedTest
    @MethodSource("kernelOnAndOff")
    void targetRefusesWhenTheSocketConnectsToItself(KernelFeatures kernel) throws IOException {
        try (Lab lab = Lab.openUnlinked();
                TestEngine engine =
                        lab.client().call(() -> TestEngine.setup().kernel(kernel).started())) {
            lab.client().sysctl("ipv4/ip_local_port_range", "40000 40000");
            AttemptResult result = engine.probe("127.0.0.1:40000", Settings.DEFAULT);

            assertThat(Submitted.verdict(result)).isEqualTo("failed/refused");
            assertThat(result.outcome().detail()).contains("connected to itself");
            assertThat(result.local()).isEqualTo(result.remote());
        }
    }
}
