package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.spec.Target;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTextTest {

    private final SeriesText text = new SeriesText();

    private String written() {
        return new String(text.bytes(), 0, text.length(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, 65_535, 1_234_567, Long.MAX_VALUE})
    void numberHasAllItsDigits(long value) {
        text.ascii("n ").number(value).ascii("\n");
        assertThat(written()).isEqualTo("n " + value + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.000000000",
        "1, 0.000000001",
        "120034005, 0.120034005",
        "61000000900, 61.000000900"
    })
    void nanosecondsAreExact(long nanos, String seconds) {
        assertThat(text.secondsOfNanos(nanos)).isSameAs(text);
        assertThat(written()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000000", "5, 0.000005", "1000042, 1.000042", "4294967295, 4294.967295"})
    void microsecondsAreExact(long micros, String seconds) {
        assertThat(text.secondsOfMicros(micros)).isSameAs(text);
        assertThat(written()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"net|net", "a \"b\"|a \\\"b\\\"", "c:\\d|c:\\\\d", "Zürich|Zürich", "''|''"})
    void valueOfALabelIsEscaped(String value, String escaped) {
        text.label("team", value).label("of", "two\nlines");
        assertThat(new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8))
                .isEqualTo(",team=\"" + escaped + "\",of=\"two\\nlines\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 41})
    void textOfAnyLengthIsCopiedWhole(int length) {
        String word = "abcdefgh".repeat(6).substring(0, length);
        text.ascii(AsciiText.of(word)).value().number(7).endLine();
        text.ascii(AsciiText.of(word)).ascii("-").ascii(AsciiText.of(word));
        assertThat(written()).isEqualTo(word + "} 7\n" + word + "-" + word);
    }

    @Test
    void whatHasLeftIsRemovedAndTheRestStays() {
        text.ascii("first").ascii(AsciiText.of("second"));
        text.removeFirst(5);
        assertThat(written()).isEqualTo("second");
        text.ascii(" third").removeFirst(0);
        assertThat(written()).isEqualTo("second third");
    }

    @Test
    void addressOfTheSixthVersionIsInBrackets() {
        text.labels("v6", new Target("2001:db8::1", 443));
        assertThat(written()).isEqualTo("{probe=\"v6\",target=\"[2001:db8::1]:443\"");
    }
}
