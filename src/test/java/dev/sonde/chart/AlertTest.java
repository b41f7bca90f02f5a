package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The alerts, through Prometheus's own tool.
class AlertTest {

    private static final Path TESTS = Path.of("src", "test", "resources", "alerts-test.yaml");
    private static final Path PAGE = Path.of("docs", "operations", "running.md");

    @TempDir private Path directory;

    @Test
    void alertsFireWhereTheyShouldWhenPromtoolTriesThem() throws Exception {
        Tool.require("promtool");
        Files.copy(Rules.FILE, directory.resolve("sonde.yaml"));
        Path tests = directory.resolve("tests.yaml");
        Files.copy(TESTS, tests);
        Tool.Printed printed = Tool.run(List.of("promtool", "test", "rules", tests.toString()));
        assertThat(printed.status()).as(printed.text()).isZero();
        assertThat(printed.text()).contains("SUCCESS");
    }

    @Test
    void rulesAreWellFormedWhenPromtoolReadsThem() throws Exception {
        Tool.require("promtool");
        String rules = Rules.FILE.toString();
        Tool.Printed printed = Tool.run(List.of("promtool", "check", "rules", rules));
        assertThat(printed.text()).contains("SUCCESS: " + Rules.alerts().size() + " rules found");
    }

    @Test
    void everyAlertHasATestAndARowWithItsAnchorInTheRunbook() throws Exception {
        String tests = Files.readString(TESTS);
        String page = Files.readString(PAGE);
        assertThat(Rules.alerts())
                .allSatisfy(
                        alert -> {
                            assertThat(tests).contains(alert);
                            assertThat(page)
                                    .contains(
                                            "<a id=\""
                                                    + alert.toLowerCase(Locale.ROOT)
                                                    + "\"></a>`"
                                                    + alert
                                                    + "` |");
                        });
    }
}
