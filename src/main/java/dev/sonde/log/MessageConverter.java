package dev.sonde.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/// `%m`: a line's message without control characters. Logback makes it by its name.
public final class MessageConverter extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return LogText.withoutControls(String.valueOf(event.getFormattedMessage()));
    }
}
