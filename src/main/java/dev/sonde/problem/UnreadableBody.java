package dev.sonde.problem;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.form.InvalidField;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Explains in own words why a JSON body cannot be read, because the parser's texts name its
/// classes.
public final class UnreadableBody {

    /// Placeholder for the path of a field.
    private static final String WHOLE = "body";

    private UnreadableBody() {}

    public static ProblemDocument problem(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException tooLarge) {
                return ProblemType.BODY_TOO_LARGE.because(tooLarge.sentence());
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json) {
                return problem(json);
            }
        }
        return unreadable("a JSON object is expected as the body");
    }

    private static ProblemDocument problem(JacksonException thrown) {
        String whole = whole(thrown);
        if (whole != null) {
            return unreadable("the body is " + whole + place(thrown));
        }
        InvalidField field = field(thrown);
        return ProblemType.INVALID_REQUEST.because(field.sentence()).withErrors(List.of(field));
    }

    private static ProblemDocument unreadable(String sentence) {
        return ProblemType.UNREADABLE_BODY
                .because(sentence)
                .withErrors(List.of(InvalidField.of(WHOLE, null, sentence)));
    }

    /// The error in one line of many.
    public static String lineSentence(JacksonException thrown) {
        String whole = whole(thrown);
        if (whole == null) {
            InvalidField field = field(thrown);
            return field.field().equals(WHOLE) ? "line: " + field.message() : field.sentence();
        }
        TokenStreamLocation at = thrown.getLocation();
        return whole + (at == null ? "" : ", at column " + at.getColumnNr());
    }

    /// The error of the text as a whole; null for an error in a field.
    private static @Nullable String whole(JacksonException thrown) {
        String text = String.valueOf(thrown.getOriginalMessage());
        if (thrown instanceof StreamConstraintsException) {
            return "nested too deeply, or has a name or a number that is too long";
        }
        if (!(thrown instanceof DatabindException)) {
            return text.startsWith("Duplicate")
                    ? "not valid: it has a field twice"
                    : "not valid JSON in UTF-8";
        }
        return text.startsWith("No content") || text.startsWith("Trailing token")
                ? "not one JSON object with nothing after it"
                : null;
    }

    /// The field that is wrong, and what would be right.
    public static InvalidField field(JacksonException mismatch) {
        String path = path(mismatch.getPath());
        return switch (mismatch) {
            case UnrecognizedPropertyException unknown ->
                    InvalidField.of(path, null, "no such field is known here" + known(unknown));
            case InvalidTypeIdException type -> typeField(path, type);
            case InvalidFormatException format ->
                    InvalidField.of(
                            path,
                            format.getValue(),
                            expected(format.getTargetType(), String.valueOf(format.getValue())));
            case MismatchedInputException type ->
                    InvalidField.of(path, null, expected(type.getTargetType(), ""));
            default -> InvalidField.of(path, null, "cannot be read");
        };
    }

    /// The field that names the type, where it is absent or not known.
    private static InvalidField typeField(String path, InvalidTypeIdException mismatch) {
        Class<?> form = mismatch.getBaseType().getRawClass();
        JsonTypeInfo named = form.getAnnotation(JsonTypeInfo.class);
        Class<?>[] types = form.getPermittedSubclasses();
        if (named == null || types == null) {
            return InvalidField.of(path, null, "an object is expected");
        }
        String words =
                Arrays.stream(types)
                        .map(type -> type.getAnnotation(JsonTypeName.class))
                        .filter(Objects::nonNull)
                        .map(JsonTypeName::value)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return InvalidField.of(
                path + "." + named.property(), mismatch.getTypeId(), "one of " + words);
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> names = unknown.getKnownPropertyIds();
        return names == null || names.isEmpty()
                ? ""
                : "; known are "
                        + names.stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
    }

    /// `settings.timeout`, `targets[3]`; `body` for the whole.
    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            String name = reference.getPropertyName();
            if (name == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.isEmpty() ? WHOLE : path.toString();
    }

    /// @param given what came; empty when it was no single value
    private static String expected(@Nullable Class<?> type, String given) {
        if (type == null || Collection.class.isAssignableFrom(type)) {
            return "an array is expected";
        }
        if (type == String.class) {
            return isHalf(given)
                    ? "the text has half of a surrogate pair, which is no character"
                    : "a string is expected";
        }
        if (type == Boolean.class) {
            return "true or false is expected, without quotes";
        }
        if (!Number.class.isAssignableFrom(type)) {
            return "an object is expected";
        }
        if (type == Double.class) {
            return "a number is expected, without quotes";
        }
        return given.matches("-?[0-9]{10,}")
                ? "a whole number up to %s is expected"
                        .formatted(type == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE)
                : "a whole number is expected, without quotes";
    }

    /// Whether a text has half of a pair of surrogates, which is no character.
    public static boolean isHalf(String text) {
        return text.codePoints()
                .anyMatch(
                        point ->
                                point >= Character.MIN_SURROGATE
                                        && point <= Character.MAX_SURROGATE);
    }

    private static String place(JacksonException thrown) {
        TokenStreamLocation at = thrown.getLocation();
        return at == null
                ? ", at its start"
                : ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
