package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import dev.sonde.lab.LabRequirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no ulimit")
class DescriptorShortageTest {

    private static final int LIMIT = 512;

    private static String printed = "";

    @BeforeAll
    static void runOnce() throws IOException {
        printed = run(DescriptorShortage.class);
    }

    /// The probe waits for its turn in the rates first, so it meets the shortage as late as it can.
    @Test
    void nothingIsProbedAndNothingIsHeldWhenNoDescriptorIsFree() {
        assertThat(printed)
                .contains(
                        "not_probed/no_descriptors succeeded/connected queued=0 inFlight=0 used=0");
    }

    @Test
    void nothingIsProbedWhereASecurityModuleForbidsIt() {
        LabRequirement.check(!printed.contains("no landlock"), "no landlock for TCP (Linux 6.7)");
        assertThat(printed)
                .contains("not_probed/no_permission EACCES: this process may not connect");
    }

    private static String run(Class<?> program) throws IOException {
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n " + LIMIT + "; exec \"$@\"",
                                "sh",
                                Jdk.program("java"),
                                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName())
                        .redirectErrorStream(true)
                        .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
