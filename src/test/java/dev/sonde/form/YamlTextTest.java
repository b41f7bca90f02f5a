package dev.sonde.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    @Test
    void aTextSaysWhatJsonCanSay() {
        Object read =
                YamlText.read(
                        """
                        words: [on, yes, "1", '2', 2026-11-28, 0x10, 1_000, 010, .5, +1, -]
                        numbers: [0, -7, 2147483648, 99999999999999999999, 1.5, -2e3]
                        rest: [true, false, null, ~, ]
                        empty:
                        block: |
                          a
                        1: key
                        """);
        Map<Object, Object> wanted =
                new HashMap<>(
                        Map.of(
                                "words",
                                List.of(
                                        "on",
                                        "yes",
                                        "1",
                                        "2",
                                        "2026-11-28",
                                        "0x10",
                                        "1_000",
                                        "010",
                                        ".5",
                                        "+1",
                                        "-"),
                                "numbers",
                                List.of(
                                        0,
                                        -7,
                                        2_147_483_648L,
                                        new BigInteger("99999999999999999999"),
                                        1.5,
                                        -2000.0),
                                "rest",
                                Arrays.asList(true, false, null, null),
                                "block",
                                "a\n",
                                1,
                                "key"));
        wanted.put("empty", null);
        assertThat(read).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1~a: 2 | found duplicate key a",
                "a: [ | line 1",
                "a: !!java.net.URL [x] | Global tag is not allowed",
                "a: 1~---~b: 2 | found another document",
                "~\ta: 1 | found character",
                "a: &x [1]~b: *x | aliases (*name) of lists and maps are not read"
            })
    void aTextIsRefusedWithItsProblem(String text, String told) {
        assertThatThrownBy(() -> YamlText.read(text.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is not valid YAML")
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: !!str 5", "a: &x '5'", "b: &x '5'\na: *x"})
    void aTextThatIsNotUsualIsReadAsWell(String text) {
        assertThat(YamlText.tree(text).path("a").asString()).isEqualTo("5");
    }

    @Test
    void aTextThatIsNestedTooDeeplyIsRefused() {
        String deep = "[".repeat(60) + "]".repeat(60);
        assertThatThrownBy(() -> YamlText.read(deep)).hasMessageContaining("Nesting Depth");
    }
}
