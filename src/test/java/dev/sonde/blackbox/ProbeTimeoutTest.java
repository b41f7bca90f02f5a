package dev.sonde.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.blackbox.modules.GoDuration;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a probe may take, by the scrape's timeout and the module's.
class ProbeTimeoutTest {

    @ParameterizedTest
    @CsvSource({
        ",,119500",
        ",5s,5000",
        "0,5s,5000",
        "10,,9500",
        "10,5s,5000",
        "10,30s,9500",
        "1,,500",
        "1e1,,9500",
        "0.5,,250",
        "0.2,5s,100",
        "0.2,50ms,50",
        "-1,5s,1",
        "+Inf,,600000",
        "3600,2h,600000"
    })
    void timeoutIsTheSmallerOneWhenHalfASecondIsKeptBack(
            String header, String module, long millis) {
        Duration own = module == null ? null : GoDuration.parse(module);
        assertThat(ProbeTimeout.of(header, own)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1s", "1d", " 1", "0x1p3", "NaN"})
    void headerIsRefusedWhenItIsNoNumber(String header) {
        assertThatThrownBy(() -> ProbeTimeout.of(header, null))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("strconv.ParseFloat: parsing \"" + header + "\": invalid syntax");
    }

    @ParameterizedTest
    @CsvSource({
        "5s,5000000000",
        "1m30s,90000000000",
        "1.5h,5400000000000",
        ".5s,500000000",
        "300ms,300000000",
        "7us,7000",
        "7µs,7000",
        "3ns,3",
        "0,0"
    })
    void durationIsReadWhenGoWouldReadIt(String text, long nanos) {
        assertThat(GoDuration.parse(text)).hasNanos(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "--5s", "1d", ".s", "9999999999h"})
    void durationIsRefusedWhenItIsNone(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
