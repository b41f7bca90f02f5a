package dev.sonde.listen.spec;

import org.jspecify.annotations.Nullable;

/// A listener whose description is invalid.
public final class InvalidListenerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final transient @Nullable Object value;

    InvalidListenerException(String field, @Nullable Object value, String message) {
        super(message);
        this.field = field;
        this.value = value;
    }

    /// An upstream that leads back to its listener.
    ///
    /// @param path of the upstream in the description
    public static InvalidListenerException loop(String path, Object upstream) {
        return new InvalidListenerException(
                path, upstream, "leads back to the listener through own proxies: a loop");
    }

    /// The place in the definition, such as `limits.idle`.
    public String field() {
        return field;
    }

    /// The value there: a text, a number or a duration; null for no single value.
    public @Nullable Object value() {
        return value;
    }
}
