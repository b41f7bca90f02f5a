package dev.sonde.form;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads the usual YAML without a tree of nodes, in a third of the time. For one thread.
final class YamlEvents {

    private static final int DEEPEST = 50;
    private static final int INT_DIGITS = 9;
    private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]*)");
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

    /// Unusual YAML. The caller reads the text with the complete reader, which also reports errors.
    private static final class UnusualException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusualException() {
            super(null, null, false, false);
        }
    }

    private final Parser parser;
    private int depth;

    private YamlEvents(String text, LoaderOptions options) {
        this.parser = new ParserImpl(new StreamReader(text), options);
    }

    /// One document of maps, lists and scalars. Empty if it has tags, anchors, duplicate keys or
    /// another unusual part.
    ///
    /// @throws org.yaml.snakeyaml.error.YAMLException where it is no YAML
    static Optional<Object> read(String text, LoaderOptions options) {
        try {
            return Optional.ofNullable(new YamlEvents(text, options).document());
        } catch (UnusualException _) {
            return Optional.empty();
        }
    }

    private @Nullable Object document() {
        require(ID.StreamStart);
        require(ID.DocumentStart);
        Object value = value(parser.getEvent());
        require(ID.DocumentEnd);
        require(ID.StreamEnd);
        return value;
    }

    private void require(ID expected) {
        if (parser.getEvent().getEventId() != expected) {
            throw new UnusualException();
        }
    }

    private @Nullable Object value(Event event) {
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            throw new UnusualException();
        }
        return switch (event) {
            case ScalarEvent scalar when scalar.getTag() == null -> scalar(scalar);
            case MappingStartEvent start when start.getTag() == null -> map();
            case SequenceStartEvent start when start.getTag() == null -> list();
            default -> throw new UnusualException();
        };
    }

    private Map<Object, @Nullable Object> map() {
        enter();
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Event event = parser.getEvent();
                event.getEventId() != ID.MappingEnd;
                event = parser.getEvent()) {
            Object key = event instanceof ScalarEvent ? value(event) : null;
            if (key == null || map.containsKey(key)) {
                throw new UnusualException();
            }
            map.put(key, value(parser.getEvent()));
        }
        depth--;
        return map;
    }

    private List<@Nullable Object> list() {
        enter();
        List<@Nullable Object> list = new ArrayList<>();
        for (Event event = parser.getEvent();
                event.getEventId() != ID.SequenceEnd;
                event = parser.getEvent()) {
            list.add(value(event));
        }
        depth--;
        return list;
    }

    private void enter() {
        depth++;
        if (depth > DEEPEST) {
            throw new UnusualException();
        }
    }

    private static @Nullable Object scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return text;
        }
        char first = text.isEmpty() ? '~' : text.charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            return number(text);
        }
        return switch (text) {
            case "", "~", "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> text;
        };
    }

    private static Object number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return text;
        }
        if (!INTEGER.matcher(text).matches()) {
            return Double.valueOf(text);
        }
        if (text.length() <= INT_DIGITS) {
            return Integer.valueOf(text);
        }
        BigInteger whole = new BigInteger(text);
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }
}
