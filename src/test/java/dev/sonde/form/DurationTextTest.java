package dev.sonde.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both forms of a duration.
class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "2s, PT2S",
        "1m30s, PT1M30S",
        "1h, PT1H",
        "1d, PT24H",
        "1w, PT168H",
        "1y, PT8760H",
        "0, PT0S",
        "0s, PT0S",
        "90s, PT1M30S",
        "PT2S, PT2S",
        "P1DT1H, PT25H"
    })
    void itIsReadWhenItIsWrittenInEitherForm(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "s",
                "1.5s",
                "-1s",
                "1s 2s",
                "1s1m",
                "PT",
                "P",
                "ptx",
                "99999999999s",
                "9999999y",
                "1S",
                "١s"
            })
    void itIsRefusedWhenItIsWrittenInAnother(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"PT0.25S, 250ms", "PT90S, 1m30s", "PT24H, 1d", "PT0S, 0s", "PT169H, 7d1h"})
    void itIsWrittenInTheFirstFormWhenItIsAnswered(Duration duration, String expected) {
        assertThat(DurationText.format(duration)).isEqualTo(expected);
    }
}
