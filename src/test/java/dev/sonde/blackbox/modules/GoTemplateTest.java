package dev.sonde.blackbox.modules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.sonde.dialogue.Template;
import dev.sonde.dialogue.Template.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Go's `regexp.Expand` makes of a template, with `<n>` for a group.
class GoTemplateTest {

    private static final Pattern PATTERN = Pattern.compile("(a)(?P<name>b)");

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "PONG ${1}, PONG <1>",
        "$1 $name ${name}., <1> <2> <2>.",
        "$$1 $$$1, $1 $<1>",
        "$1x ${1}x, ' <1>x'",
        "${3}$other, ''",
        "$0 $01, '<0> '",
        "$ $- ${ ${} ${1 ${a-b}, $ $- ${ ${} ${1 ${a-b}",
        "ä$1ä|${1}ä, ä|<1>ä"
    })
    void templateIsReadAsGoReadsIt(String template, String parts) {
        assertThat(shown(GoTemplate.parse(template, PATTERN))).isEqualTo(parts);
    }

    @Test
    void bytesStayWhatTheyAreWhenTheyAreNoText() {
        byte[] template = {(byte) 0xFF, '$', '1', (byte) 0xE4};
        assertThat(GoTemplate.parse(template, PATTERN).parts())
                .containsExactly(
                        new Part.Literal(ByteBuffer.wrap(new byte[] {(byte) 0xFF})),
                        new Part.Numbered(1),
                        new Part.Literal(ByteBuffer.wrap(new byte[] {(byte) 0xE4})));
    }

    private static String shown(Template template) {
        return template.parts().stream()
                .map(
                        part ->
                                switch (part) {
                                    case Part.Literal(ByteBuffer bytes) ->
                                            StandardCharsets.UTF_8
                                                    .decode(bytes.duplicate())
                                                    .toString();
                                    case Part.Numbered(int group) -> "<" + group + ">";
                                    case Part.Named(String group) -> "<" + group + ">";
                                })
                .collect(Collectors.joining());
    }
}
