package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The alerts, through Prometheus's own tool.
class AlertTest {

    @TempDir private Path directory;

    @Test
    void alertsFireWhereTheyShouldWhenPromtoolTriesThem() throws Exception {
        Tool.require("promtool");
        Path rules = Chart.FOLDER.resolve("rules", "sonde.yaml");
        Files.copy(rules, directory.resolve("sonde.yaml"));
        Path tests = directory.resolve("tests.yaml");
        Files.copy(Path.of("src", "test", "resources", "alerts-test.yaml"), tests);
        Tool.Printed printed = Tool.run(List.of("promtool", "test", "rules", tests.toString()));
        assertThat(printed.status()).as(printed.text()).isZero();
        assertThat(printed.text()).contains("SUCCESS");
    }

    @Test
    void rulesAreWellFormedWhenPromtoolReadsThem() throws Exception {
        Tool.require("promtool");
        String rules = Chart.FOLDER.resolve("rules", "sonde.yaml").toString();
        Tool.Printed printed = Tool.run(List.of("promtool", "check", "rules", rules));
        assertThat(printed.text()).contains("SUCCESS: 9 rules found");
    }
}
