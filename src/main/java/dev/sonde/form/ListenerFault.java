package dev.sonde.form;

import dev.sonde.listen.spec.InvalidListenerException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a fault in a listener's description into an invalid field.
public final class ListenerFault {

    private static final String BEHAVIOUR = "behaviour";

    private ListenerFault() {}

    static void note(InvalidListenerException e, InvalidFields invalid) {
        invalid.add(e.field(), text(e.value()), String.valueOf(e.getMessage()));
    }

    /// Notes a behaviour's fault.
    ///
    /// @param path of the behaviour, which names itself `behaviour` wherever it stands
    static void note(InvalidListenerException e, String path, InvalidFields invalid) {
        String within =
                e.field().startsWith(BEHAVIOUR) ? e.field().substring(BEHAVIOUR.length()) : "";
        invalid.add(path + within, text(e.value()), String.valueOf(e.getMessage()));
    }

    public static InvalidRequestException problem(InvalidListenerException e) {
        return new InvalidRequestException(
                List.of(
                        InvalidField.of(
                                e.field(), text(e.value()), String.valueOf(e.getMessage()))));
    }

    private static @Nullable String text(@Nullable Object value) {
        if (!(value instanceof Duration duration)) {
            return value == null ? null : value.toString();
        }
        boolean isWritten =
                !duration.isNegative() && duration.equals(duration.truncatedTo(ChronoUnit.MILLIS));
        return isWritten ? DurationText.format(duration) : duration.toString();
    }
}
