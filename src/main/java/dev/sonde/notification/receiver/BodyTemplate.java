package dev.sonde.notification.receiver;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/// The body of a webhook as a person writes it: JSON with mustache tags, whose values are escaped
/// for JSON strings. Immutable.
public final class BodyTemplate {

    private static final JsonMapper JSON = new JsonMapper();

    /// Tags that would not escape their value, read another template or change the tags' own form.
    private static final Pattern UNSAFE = Pattern.compile("\\{\\{\\{|\\{\\{\\s*[&>=]");

    private final Template compiled;

    private BodyTemplate(Template compiled) {
        this.compiled = compiled;
    }

    /// Reads a template.
    ///
    /// @throws IllegalArgumentException with the line, where it cannot be used
    public static BodyTemplate of(String text) {
        Matcher unsafe = UNSAFE.matcher(text);
        if (unsafe.find()) {
            throw new IllegalArgumentException(
                    "line %d: the tag \"%s\" is not allowed: every value is escaped for JSON"
                            .formatted(
                                    text.substring(0, unsafe.start()).lines().count(),
                                    unsafe.group()));
        }
        try {
            return new BodyTemplate(
                    Mustache.compiler()
                            .withEscaper(BodyTemplate::escaped)
                            .defaultValue("")
                            .emptyStringIsFalse(true)
                            .withLoader(
                                    name -> {
                                        throw new IllegalArgumentException("no partial: " + name);
                                    })
                            .compile(text));
        } catch (MustacheException e) {
            throw new IllegalArgumentException(
                    "not a mustache template: " + String.valueOf(e.getMessage()), e);
        }
    }

    private static String escaped(String raw) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(raw));
    }

    /// Fills in values.
    ///
    /// @throws IllegalArgumentException with the place, where the template with these values is no
    ///     JSON
    public String fill(Map<String, ?> values) {
        String filled;
        try {
            filled = compiled.execute(values);
        } catch (MustacheException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        try {
            JSON.readTree(filled);
            return filled;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "line %d, column %d: filled in, it is no JSON: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        }
    }
}
