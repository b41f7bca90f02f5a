package dev.sonde.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

/// A caller's text in a line of the log.
class LogTextTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a\"b, 'a\\\"b'",
        "a\\b, 'a\\\\b'",
        "'a\r\nb', 'a\\r\\nb'",
        "a\u001b[2Jb, 'a\\u001b[2Jb'",
        "a\u202eb, 'a\\u202eb'",
        "a\u2028b, 'a\\u2028b'",
    })
    void theTextStaysInItsLineWhenItHoldsControls(String text, String escaped) {
        assertThat(LogText.escaped(text)).isEqualTo(escaped);
    }

    @Test
    void aPairCannotBeForgedWhenItsValueHoldsQuotesAndLineEnds() {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLevel(Level.INFO);
        event.addKeyValuePair(new KeyValuePair("who", "x\"\r\n2026 INFO forged=\"y"));
        assertThat(new PairConverter().convert(event))
                .isEqualTo("who=\"x\\\"\\r\\n2026 INFO forged=\\\"y\"");
    }
}
