package dev.sonde.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bytes that are text, and bytes that are not.
class Utf8TextTest {

    @ParameterizedTest
    @CsvSource({
        "80, 1", // no character begins with it
        "c0af, 2", // overlong
        "e08080, 3", // overlong
        "eda080, 3", // half of a pair
        "f4908080, 4", // beyond U+10FFFF
        "f5, 1",
        "e282, 2", // cut off
        "c341, 1"
    })
    void eachByteIsUnknownByItselfWhenItBelongsToNoCharacter(String hex, int unknown) {
        Utf8Text text = Utf8Text.of(HexFormat.of().parseHex(hex));
        assertThat(text.text().chars().filter(c -> c == 0xFFFD)).hasSize(unknown);
    }

    @Test
    void offsetsAreThoseOfTheBytesWhenCharactersAreLong() {
        byte[] bytes = "aä€😀b".getBytes(StandardCharsets.UTF_8);
        Utf8Text text = Utf8Text.of(bytes);
        assertThat(text.text()).isEqualTo("aä€😀b");
        assertThat(text.offset(3)).isEqualTo(6);
        assertThat(text.offset(5)).isEqualTo(10);
        assertThat(text.offset(6)).isEqualTo(bytes.length);
        assertThat(text.bytes(1, 2)).isEqualTo("ä".getBytes(StandardCharsets.UTF_8));
    }
}
