package dev.sonde.api.request;

import dev.sonde.api.timeline.TimelineDrawing;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what stands in a path or a query.
public final class Query {

    static final int MOST_ITEMS = 1_000;
    static final int USUAL_ITEMS = 100;

    private Query() {}

    /// The id, unless the text is none: then nothing can be found under it.
    public static Optional<UUID> id(String text) {
        try {
            UUID id = UUID.fromString(text);
            // fromString also takes short groups such as 1-1-1-1-1.
            return Optional.of(id)
                    .filter(read -> read.toString().equals(text.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public static boolean flag(String name, @Nullable String text, boolean whenAbsent) {
        if (text == null) {
            return whenAbsent;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, text, "true or false");
        };
    }

    public static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_ITEMS;
        }
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST_ITEMS) {
            throw invalid("limit", text, "a number from 1 to " + MOST_ITEMS);
        }
        return limit;
    }

    /// The width of a drawing, in pixels.
    public static int width(@Nullable String text) {
        if (text == null) {
            return TimelineDrawing.USUAL_WIDTH;
        }
        int width = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (width < TimelineDrawing.LEAST_WIDTH || width > TimelineDrawing.MOST_WIDTH) {
            throw invalid(
                    "width",
                    text,
                    "a number from %d to %d"
                            .formatted(TimelineDrawing.LEAST_WIDTH, TimelineDrawing.MOST_WIDTH));
        }
        return width;
    }

    /// One word of a closed list.
    public static String word(String name, String text, Collection<String> known) {
        if (!known.contains(text)) {
            throw invalid(name, text, "one of " + String.join(", ", known));
        }
        return text;
    }

    /// Whether the `view` parameter asks for only the definition.
    public static boolean isDefinition(@Nullable String view) {
        return view != null
                && word("view", view, List.of("full", ViewParameter.DEFINITION))
                        .equals(ViewParameter.DEFINITION);
    }

    public static InvalidRequestException invalid(
            String name, @Nullable String text, String message) {
        return new InvalidRequestException(List.of(InvalidField.of(name, text, message)));
    }
}
