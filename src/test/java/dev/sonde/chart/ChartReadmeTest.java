package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// The chart's README, whose table of values is made from the comments of values.yaml. Run with
/// `-Dsonde.chart.readme=write` to write it anew.
class ChartReadmeTest {

    private static final String START = "<!-- values: made from values.yaml -->\n";
    private static final Path README = Chart.FOLDER.resolve("README.md");

    @Test
    void theTableIsWhatTheCommentsSay() throws IOException {
        String readme = Files.readString(README);
        String expected = readme.substring(0, readme.indexOf(START)) + START + "\n" + table();
        if ("write".equals(System.getProperty("sonde.chart.readme"))) {
            Files.writeString(README, expected);
        }
        assertThat(Files.readString(README)).isEqualTo(expected);
    }

    @Test
    void chartAndApplicationHaveTheVersionOfTheBuild() throws IOException {
        Matcher version =
                Pattern.compile("<artifactId>sonde</artifactId>\\s*<version>([^<]+)<")
                        .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        Map<String, Object> chart =
                new Yaml().load(Files.readString(Chart.FOLDER.resolve("Chart.yaml")));
        assertThat(chart)
                .containsEntry("version", version.group(1))
                .containsEntry("appVersion", version.group(1));
    }

    private static String table() throws IOException {
        Map<String, Object> values =
                new Yaml().load(Files.readString(Chart.FOLDER.resolve("values.yaml")));
        StringBuilder table =
                new StringBuilder("| value | default | description |\n|---|---|---|\n");
        for (Value value : described()) {
            table.append(
                    "| `%s` | `%s` | %s |\n"
                            .formatted(value.path, at(values, value.path), value.text));
        }
        return table.toString();
    }

    private static String at(Object node, String path) {
        Object found = node;
        for (String key : path.split("\\.", -1)) {
            found = ((Map<?, ?>) found).get(key);
        }
        Yaml flow = new Yaml();
        return found == null
                ? "null"
                : flow.dumpAs(found, null, org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW)
                        .replaceAll("\\s+", " ")
                        .strip();
    }

    private record Value(String path, String text) {}

    /// Each key that a comment `# -- ...` stands above, with its path.
    private static List<Value> described() throws IOException {
        List<Value> found = new ArrayList<>();
        List<String> path = new ArrayList<>();
        String comment = "";
        for (String line : Files.readAllLines(Chart.FOLDER.resolve("values.yaml"))) {
            Matcher key = Pattern.compile("( *)([A-Za-z0-9_]+):.*").matcher(line);
            if (line.strip().startsWith("# -- ")) {
                comment = line.strip().substring("# -- ".length());
            } else if (key.matches()) {
                while (path.size() > key.group(1).length() / 2) {
                    path.removeLast();
                }
                path.add(key.group(2));
                if (!comment.isEmpty()) {
                    found.add(new Value(String.join(".", path), comment));
                }
                comment = "";
            }
        }
        return found;
    }
}
