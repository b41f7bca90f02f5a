package dev.sonde.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One of the chart's dashboards, as Grafana reads it.
record Dashboard(JsonNode json) {

    static final List<String> NAMES = List.of("estate", "sonde");

    static Dashboard read(String name) throws IOException {
        String text = Files.readString(Chart.FOLDER.resolve("dashboards", name + ".json"));
        return new Dashboard(new JsonMapper().readTree(text));
    }

    /// All but the titles of rows.
    Stream<JsonNode> panels() {
        return each(json.path("panels")).filter(one -> !one.path("type").asString().equals("row"));
    }

    Stream<JsonNode> targets() {
        return panels().flatMap(panel -> each(panel.path("targets")));
    }

    Stream<String> expressions() {
        return targets().map(target -> target.path("expr").asString());
    }

    Stream<String> variables() {
        return each(json.at("/templating/list")).map(one -> one.path("name").asString());
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
