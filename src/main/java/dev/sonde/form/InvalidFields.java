package dev.sonde.form;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The errors of one request, collected so that its writer sees all of them at once. Not
/// thread-safe.
public final class InvalidFields {

    /// The most errors that are named.
    public static final int MOST = 100;

    private final List<InvalidField> fields = new ArrayList<>();
    private final boolean isCheckedBefore;
    private final Set<String> kept;

    /// Errors of a new text.
    public InvalidFields() {
        this(false, Set.of());
    }

    private InvalidFields(boolean isCheckedBefore, Set<String> kept) {
        this.isCheckedBefore = isCheckedBefore;
        this.kept = kept;
    }

    /// Errors of a new text with parts that were stored before.
    ///
    /// @param kept stored addresses, whose interfaces need not exist now
    public static InvalidFields keeping(Set<String> kept) {
        return new InvalidFields(false, Set.copyOf(kept));
    }

    /// Errors of a stored text. It was checked when it was written, so long checks, such as those
    /// of certificates, are left out.
    public static InvalidFields ofKept() {
        return new InvalidFields(true, Set.of());
    }

    boolean isCheckedBefore() {
        return isCheckedBefore;
    }

    /// Whether an address was stored before.
    public boolean keeps(@Nullable String address) {
        return isCheckedBefore || (address != null && kept.contains(address));
    }

    public void add(String field, @Nullable Object value, String message) {
        if (fields.size() < MOST) {
            fields.add(InvalidField.of(field, value, message));
        }
    }

    /// Reads a field's text, or notes why it cannot be read.
    public <T> @Nullable T read(String field, @Nullable String text, Function<String, T> parse) {
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            add(field, text, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// Reads one word of a closed list: the constants of an enum in lower case.
    public <E extends Enum<E>> E word(String field, @Nullable String text, E whenAbsent) {
        E[] words = whenAbsent.getDeclaringClass().getEnumConstants();
        E read = read(field, text, given -> word(words, given));
        return read == null ? whenAbsent : read;
    }

    public int number(String field, @Nullable Integer given, int most, int whenAbsent) {
        if (given == null) {
            return whenAbsent;
        }
        if (given < 1 || given > most) {
            add(field, given, "a number from 1 to " + most);
        }
        return given;
    }

    public void throwIfAny() {
        if (!fields.isEmpty()) {
            throw new InvalidRequestException(fields);
        }
    }

    private static <E extends Enum<E>> E word(E[] words, String given) {
        for (E word : words) {
            if (label(word).equals(given)) {
                return word;
            }
        }
        throw new IllegalArgumentException(
                "one of "
                        + String.join(
                                ", ", Arrays.stream(words).map(InvalidFields::label).toList()));
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
