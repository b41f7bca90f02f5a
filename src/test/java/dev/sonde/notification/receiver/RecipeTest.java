package dev.sonde.notification.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The recipes of the page, filled in with hostile values.
class RecipeTest {

    private static final Path PAGE = Path.of("docs/guide/notification-recipes.md");

    /// The last two columns: the field with the text, and how long the receiver takes it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slack     | /text /blocks/0/type                            | /blocks/0/text/text | 3000",
                "teams     | /type /attachments/0/contentType                | /attachments/0/content/body/1/inlines/0/text | 20000",
                "discord   | /username /embeds/0/title                       | /embeds/0/description | 4096",
                "pagerduty | /routing_key /event_action /dedup_key /payload/source /payload/severity | /payload/summary | 1024",
                "ntfy      | /topic /title                                   | /message            | 4096",
                "telegram  | /chat_id                                        | /text               | 4096",
                "apprise   | /type /title                                    | /body               | 32768",
            })
    void recipeIsJsonWithTheFieldsOfItsReceiver(
            String name, String fields, String text, int longest) throws IOException {
        Map<?, ?> recipe = recipes().get(name);
        assertThat(Objects.requireNonNull(recipe).get("type")).isEqualTo("webhook");
        BodyTemplate template = BodyTemplate.of(String.valueOf(recipe.get("body")));
        for (Map<String, Object> values : HostileValues.all()) {
            JsonNode filled = new JsonMapper().readTree(template.fill(values));
            for (String field : fields.split(" ", -1)) {
                assertThat(filled.at(field).asString()).as(field).isNotEmpty();
            }
            assertThat(filled.at(text).asString()).hasSizeBetween(1, longest);
        }
    }

    private static Map<String, Map<?, ?>> recipes() throws IOException {
        return Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(RecipeTest::recipe)
                .collect(Collectors.toMap(it -> String.valueOf(it.get("name")), it -> it));
    }

    private static Map<?, ?> recipe(MatchResult block) {
        return new Yaml().<Map<?, ?>>load(block.group(1));
    }
}
