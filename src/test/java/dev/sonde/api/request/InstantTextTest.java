package dev.sonde.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Instants as queries name them.
class InstantTextTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00+02:00, 2026-11-20T08:00:00Z",
        "2026-11-20T10:00:00 02:00, 2026-11-20T08:00:00Z",
        "2026-11-20, 2026-11-20T00:00:00Z",
        "0, 1970-01-01T00:00:00Z",
        "1795168800, 2026-11-20T10:00:00Z",
        "1795168800.25, 2026-11-20T10:00:00.250Z",
        "-90m, 2026-11-28T10:30:00Z",
        "-24h, 2026-11-27T12:00:00Z",
        "-7d, 2026-11-21T12:00:00Z",
        "-PT2H, 2026-11-28T10:00:00Z",
        "-9999y, 1970-01-01T00:00:00Z",
        "+999999999-01-01T00:00:00Z, 9999-12-31T23:59:59.999Z"
    })
    void aTextNamesAnInstant(String text, Instant expected) {
        assertThat(InstantText.read("since", text, NOW)).isEqualTo(expected);
    }
}
