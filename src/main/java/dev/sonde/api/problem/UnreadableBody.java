package dev.sonde.api.problem;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says in our own words why a JSON body could not be read: the parser's texts name its classes.
public final class UnreadableBody {

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
        return ProblemType.UNREADABLE_BODY.because("a JSON object is expected as the body");
    }

    private static ProblemDocument problem(JacksonException thrown) {
        if (thrown instanceof StreamConstraintsException) {
            return ProblemType.UNREADABLE_BODY.because(
                    "the JSON is nested too deeply, or has a name or a number that is too long,"
                            + place(thrown));
        }
        if (!(thrown instanceof DatabindException) && !(thrown instanceof InputCoercionException)) {
            return ProblemType.UNREADABLE_BODY.because(
                    String.valueOf(thrown.getOriginalMessage()).startsWith("Duplicate")
                            ? "the JSON has a field twice," + place(thrown)
                            : "the body is not valid JSON in UTF-8," + place(thrown));
        }
        String text = String.valueOf(thrown.getOriginalMessage());
        if (text.startsWith("No content") || text.startsWith("Trailing token")) {
            return ProblemType.UNREADABLE_BODY.because(
                    "one JSON object is expected as the body, and nothing after it");
        }
        InvalidField field = field(thrown);
        return ProblemType.INVALID_REQUEST
                .because(field.field() + ": " + field.message())
                .withErrors(List.of(field));
    }

    private static InvalidField field(JacksonException mismatch) {
        String path = path(mismatch.getPath());
        return switch (mismatch) {
            case UnrecognizedPropertyException _ ->
                    InvalidField.of(path, null, "no such field is known here");
            case InvalidFormatException format ->
                    InvalidField.of(path, format.getValue(), expected(format.getTargetType()));
            case MismatchedInputException type ->
                    InvalidField.of(path, null, expected(type.getTargetType()));
            case InputCoercionException number ->
                    InvalidField.of(path, null, expected(number.getTargetType()));
            default -> InvalidField.of(path, null, "cannot be read");
        };
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
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null || Collection.class.isAssignableFrom(type)) {
            return "an array is expected";
        }
        if (type == String.class) {
            return "a string is expected";
        }
        if (type == Boolean.class) {
            return "true or false is expected, without quotes";
        }
        return type == Integer.class || type == int.class
                ? "a whole number up to 2147483647 is expected, without quotes"
                : "an object is expected";
    }

    private static String place(JacksonException thrown) {
        TokenStreamLocation at = thrown.getLocation();
        return at == null
                ? " at its start"
                : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
