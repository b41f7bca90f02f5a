package dev.sonde.api.listener;

import dev.sonde.api.request.DurationText;
import dev.sonde.api.request.Query;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.problem.InvalidFields;
import dev.sonde.problem.InvalidRequestException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Tells a caller what of a listener's description cannot be.
final class InvalidListeners {

    private InvalidListeners() {}

    static void note(InvalidListenerException e, InvalidFields invalid) {
        invalid.add(e.field(), text(e.value()), String.valueOf(e.getMessage()));
    }

    static InvalidRequestException problem(InvalidListenerException e) {
        return Query.invalid(e.field(), text(e.value()), String.valueOf(e.getMessage()));
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
