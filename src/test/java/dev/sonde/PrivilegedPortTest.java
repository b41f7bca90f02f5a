package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.LabRequirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A port that needs a privilege which the process lacks.
class PrivilegedPortTest {

    private static final String WITHOUT_THE_RIGHT =
            "exec setpriv --bounding-set=-net_bind_service --inh-caps=-net_bind_service ";

    @TempDir private Path directory;

    @Test
    void answerIsNoPermissionWhenThePortNeedsAPrivilege() throws Exception {
        LabRequirement.rootWith("setpriv");
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                WITHOUT_THE_RIGHT
                                        + "'%s' -XX:TieredStopAtLevel=1 --add-exports=java.base/sun.nio.ch=ALL-UNNAMED --enable-native-access=ALL-UNNAMED -cp '%s' %s '%s'"
                                                .formatted(
                                                        java,
                                                        System.getProperty("java.class.path"),
                                                        UnprivilegedService.class.getName(),
                                                        directory))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output)
                .contains(
                        "refused 422 ", "\"reason\":\"no_permission\"", "listeners {\"items\":[]}");
    }
}
