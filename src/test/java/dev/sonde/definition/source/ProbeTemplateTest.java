package dev.sonde.definition.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.spec.ResourceName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ProbeTemplateTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ProbeTemplate template(String json) {
        return new ProbeTemplate((ObjectNode) JSON.readTree(json));
    }

    @ParameterizedTest
    @CsvSource({
        "db.example:5432, db.example-5432",
        "Web_Server 7!, web-server-7",
        "[::1]:80, 1-80",
        "--.-, ''",
        "x.x-, x.x"
    })
    void aNameIsMadeOfWhatANameMayHave(String text, String name) {
        assertThat(template("{\"name\": \"${it}\"}").name(Map.of("it", text))).isEqualTo(name);
    }

    @Test
    void aLongNameIsCutAndStaysUnique() {
        String first = ResourceName.madeOf("a".repeat(90) + "1");
        String second = ResourceName.madeOf("a".repeat(90) + "2");
        assertThat(first).hasSize(63).isNotEqualTo(second).startsWith("aaa");
    }

    @Test
    void labelsStandInEveryTextOfAProbe() {
        ObjectNode probe =
                template(
                                """
                                {"labels": {"job": "${job}", "none": "${nothing}"}, "rise": 2,
                                 "settings": {"dialogue": [{"expect": "${__meta_x}$1"}]}}""")
                        .probe(Map.of("__address__", "a:1", "job", "db", "__meta_x", "^ok"));
        assertThat(probe)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"labels": {"job": "db"}, "rise": 2,
                                 "settings": {"dialogue": [{"expect": "^ok$1"}]},
                                 "target": "a:1"}"""));
    }
}
