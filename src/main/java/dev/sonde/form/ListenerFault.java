package dev.sonde.form;

import dev.sonde.listen.spec.InvalidListenerException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells a caller what of a listener's description cannot be.
public final class ListenerFault {

    private ListenerFault() {}

    static void note(InvalidListenerException e, InvalidFields invalid) {
        invalid.add(e.field(), text(e.value()), String.valueOf(e.getMessage()));
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
