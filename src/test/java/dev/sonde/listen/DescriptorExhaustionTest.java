package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a listener does when the process has no descriptor left (EMFILE).
class DescriptorExhaustionTest {

    private static final Pattern REPORT =
            Pattern.compile("rests=(\\d+) cpuMillis=(\\d+) accepted=(\\d+) hoarded=(\\d+)");

    @Test
    void acceptingRestsAndGoesOnWhenTheProcessHadNoDescriptorLeft() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                ("ulimit -n 400 && exec '%s'"
                                                + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
                                                + " --enable-native-access=ALL-UNNAMED -cp '%s' %s")
                                        .formatted(
                                                java,
                                                System.getProperty("java.class.path"),
                                                ExhaustedProcess.class.getName()))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher report = REPORT.matcher(output);
        assertThat(report.find()).as(output).isTrue();
        assertThat(Integer.parseInt(report.group(1))).as(output).isBetween(3, 15);
        // Watched for a second; a loop that spins takes most of it.
        assertThat(Integer.parseInt(report.group(2))).as(output).isLessThan(500);
        assertThat(Integer.parseInt(report.group(3))).as(output).isOne();
    }
}
