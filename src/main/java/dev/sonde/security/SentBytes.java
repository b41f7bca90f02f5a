package dev.sonde.security;

import dev.sonde.form.BytesForm;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// The rule for the bytes that a definition sends, which may be a password. Only a caller who may
/// change the definition sees them.
public final class SentBytes {

    /// The text in their place. It is refused where bytes are expected.
    public static final Map<String, Boolean> HIDDEN = BytesForm.HIDDEN;

    private SentBytes() {}

    /// Whether the caller of this thread's request sees them. A thread without a caller does not.
    public static boolean areShown() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller != null && Role.OPERATOR.isOf(caller);
    }
}
