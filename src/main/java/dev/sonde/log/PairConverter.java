package dev.sonde.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/// `%kvp`: the key-value pairs of a line, each value in quotes and escaped. Logback makes it by its
/// name.
public final class PairConverter extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null || pairs.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (KeyValuePair pair : pairs) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(pair.key)
                    .append("=\"")
                    .append(LogText.escaped(String.valueOf(pair.value)))
                    .append('"');
        }
        return text.toString();
    }
}
