package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/// What a reader of a dashboard may rely on.
@ParameterizedClass
@FieldSource("dev.sonde.chart.Dashboard#NAMES")
class DashboardLintTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$(?!__)\\{?(\\w+)");

    @Parameter String name;

    @Test
    void panelSaysWhatItShowsAndInWhichUnit() throws Exception {
        Dashboard.read(name)
                .panels()
                .forEach(
                        panel -> {
                            assertThat(panel.path("description").asString())
                                    .as(title(panel))
                                    .endsWith(".");
                            assertThat(panel.at("/fieldConfig/defaults/unit").asString())
                                    .as(title(panel))
                                    .isNotEmpty();
                        });
    }

    /// Only a table's column may have a unit of its own.
    @Test
    void axisHasOneUnit() throws Exception {
        assertThat(Dashboard.read(name).panels())
                .filteredOn(panel -> !panel.path("type").asString().equals("table"))
                .allMatch(panel -> !panel.at("/fieldConfig/overrides").toString().contains("unit"));
    }

    @Test
    void tableAndStatAskForOneMoment() throws Exception {
        Dashboard.read(name)
                .panels()
                .filter(panel -> Set.of("table", "stat").contains(panel.path("type").asString()))
                .forEach(
                        panel ->
                                Dashboard.each(panel.path("targets"))
                                        .forEach(target -> assertInstant(panel, target)));
    }

    private static void assertInstant(JsonNode panel, JsonNode target) {
        assertThat(target.path("instant").asBoolean()).as(title(panel)).isTrue();
        if (panel.path("type").asString().equals("table")) {
            assertThat(target.path("format").asString()).as(title(panel)).isEqualTo("table");
        }
    }

    @Test
    void statHasThresholds() throws Exception {
        assertThat(Dashboard.read(name).panels())
                .filteredOn(panel -> panel.path("type").asString().equals("stat"))
                .isNotEmpty()
                .allMatch(panel -> panel.at("/fieldConfig/defaults/thresholds/steps").isArray());
    }

    @Test
    void everyVariableIsDefinedAndUsed() throws Exception {
        Dashboard dashboard = Dashboard.read(name);
        Set<String> used =
                VARIABLE.matcher(dashboard.json().toString())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(dashboard.variables()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void panelsDoNotOverlap() throws Exception {
        List<String> cells = new ArrayList<>();
        for (JsonNode panel : Dashboard.read(name).json().path("panels")) {
            JsonNode at = panel.path("gridPos");
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    cells.add(x + "," + (at.path("y").asInt() + y));
                }
            }
        }
        assertThat(cells)
                .doesNotHaveDuplicates()
                .noneMatch(cell -> cell.matches("(2[4-9]|[3-9]\\d),.*"));
    }

    private static String title(JsonNode panel) {
        return panel.path("title").asString();
    }
}
