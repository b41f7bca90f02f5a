package dev.sonde.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KernelFeaturesTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyFeatureIsThereWhenTheHostIsAPlainLinux() {
        assertThat(KernelFeatures.detect().missing()).isEmpty();
    }

    @Test
    void everyFeatureHasTheReasonWhenSwitchedOff() {
        KernelFeatures none = KernelFeatures.none("switched off");

        assertThat(KernelFeature.values())
                .noneMatch(none::has)
                .allSatisfy(
                        feature -> assertThat(none.whyMissing(feature)).hasValue("switched off"));
    }

    @Test
    void reasonNamesTheFlagWhenJavaRunsWithoutIt() throws IOException {
        assertThat(detectInNewJvm("--enable-native-access=ALL-UNNAMED"))
                .contains(
                        "tcp_info=started without --add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
    }

    @Test
    void reasonIsNativeAccessWhenJavaDeniesIt() throws IOException {
        assertThat(detectInNewJvm(Descriptors.FLAG, "--illegal-native-access=deny"))
                .contains("tcp_info=no native access: java.lang.IllegalCallerException");
    }

    /// What `detect` says in a JVM with these flags, one feature a line.
    private static String detectInNewJvm(String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Jdk.program("java"));
        command.addAll(List.of(flags));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Detect.class.getName()));
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// Prints what is missing.
    static final class Detect {

        private Detect() {}

        static void main() {
            KernelFeatures.detect()
                    .missing()
                    .forEach((feature, reason) -> IO.println(feature.label() + "=" + reason));
        }
    }
}
