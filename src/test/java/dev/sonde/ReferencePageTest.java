package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tables of `docs/reference` and the code that they describe: each word has one row, and each
/// row a word.
class ReferencePageTest {

    private static final Path REFERENCE = Path.of("docs", "reference");

    @Test
    void problemsAreThoseOfTheService() throws IOException {
        assertThat(cells("problems.md", "^\\| `(urn:[^`]+)` \\| (\\d+) \\|"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ProblemType.values())
                                .map(type -> type.because(""))
                                .map(problem -> problem.type() + " " + problem.status())
                                .toList());
    }

    @Test
    void eventsAreThoseOfATimeline() throws IOException {
        String events = Files.readString(REFERENCE.resolve("evidence-and-timeline.md"));
        assertThat(matches(events.substring(events.indexOf("## Timeline")), "^\\| `([a-z_]+)` \\|"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(TimelineEvent.Kind.values())
                                .map(TimelineEvent.Kind::label)
                                .toList());
    }

    @Test
    void reasonsAreThoseOfAResult() throws IOException {
        List<String> reasons =
                new ArrayList<>(List.of(Outcome.Succeeded.connected().reasonLabel()));
        Stream.of(FailureReason.values()).map(FailureReason::label).forEach(reasons::add);
        Stream.of(NotProbedReason.values()).map(NotProbedReason::label).forEach(reasons::add);
        assertThat(cells("outcomes.md", "^\\| (?:`[a-z_]+` )?\\| `([a-z_]+)` \\|"))
                .containsExactlyInAnyOrderElementsOf(reasons);
    }

    @Test
    void roomsAreThoseOfTheLayout() throws IOException {
        Path main = Path.of("src/main/java/dev/sonde");
        try (Stream<Path> rooms = Files.list(main).filter(Files::isDirectory)) {
            String layout = Files.readString(Path.of("docs", "development", "layout.md"));
            assertThat(matches(layout, "^\\| `([a-z]+)` \\|"))
                    .containsExactlyInAnyOrderElementsOf(
                            rooms.map(room -> room.getFileName().toString()).toList());
        }
    }

    @Test
    void settingsAreThoseOfTheMetadata() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String row : cells("configuration.md", "^\\| `(sonde\\.[^`]+)` \\| ([^|]+) \\|")) {
            String[] cells = row.split(" ", 2);
            assertThat(rows.put(cells[0], cells[1].replace("`", ""))).as(row).isNull();
        }
        Map<String, String> settings = settings();
        assertThat(rows.keySet()).isEqualTo(settings.keySet());
        settings.forEach(
                (name, value) -> {
                    if (value != null) {
                        assertThat(rows.get(name)).as(name).isEqualTo(value);
                    }
                });
    }

    /// Name and default of each property of ours. A default that is empty or computed at start is
    /// null.
    private static Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        try (InputStream metadata =
                ReferencePageTest.class.getResourceAsStream(
                        "/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new JsonMapper().readTree(metadata).get("properties")) {
                String name = property.get("name").asString();
                if (name.startsWith("sonde.")) {
                    settings.put(name, written(property.get("defaultValue")));
                }
            }
        }
        return settings;
    }

    private static @Nullable String written(JsonNode value) {
        if (value == null || (value.isString() && value.asString().isEmpty())) {
            return null;
        }
        return value.isArray()
                ? String.join(", ", value.valueStream().map(JsonNode::asString).toList())
                : value.asString();
    }

    private static List<String> cells(String page, String row) throws IOException {
        return matches(Files.readString(REFERENCE.resolve(page)), row);
    }

    /// The groups of each match, with a space between them.
    private static List<String> matches(String text, String row) {
        return Pattern.compile(row, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(ReferencePageTest::groups)
                .toList();
    }

    private static String groups(MatchResult match) {
        return match.groupCount() == 1 ? match.group(1) : match.group(1) + " " + match.group(2);
    }
}
