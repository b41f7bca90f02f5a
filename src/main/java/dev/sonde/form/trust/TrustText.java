package dev.sonde.form.trust;

import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.certificate.Pem;
import org.jspecify.annotations.Nullable;

/// Trusted authorities as a text: `system`, `authority`, `insecure`, or certificates in PEM.
public final class TrustText {

    /// The most characters of a bundle. The store keeps settings in a column of a bounded size,
    /// which holds this and the longest dialogue.
    private static final int LONGEST_BUNDLE = 65_536;

    private TrustText() {}

    /// The text for this trust; null for the default.
    public static @Nullable String of(TlsTrust trust) {
        return switch (trust) {
            case TlsTrust.Host _ -> null;
            case TlsTrust.Authority _ -> "authority";
            case TlsTrust.Insecure _ -> "insecure";
            case TlsTrust.Bundle(String pem) -> pem;
            case TlsTrust.BundleFile _ -> throw ofModule();
        };
    }

    /// The error of a setting that only a module has.
    public static IllegalStateException ofModule() {
        return new IllegalStateException("only a module has it, and of a module the name is shown");
    }

    /// Reads a text.
    ///
    /// @param isCheckedBefore whether it was stored, so that its certificates are not read again
    /// @throws IllegalArgumentException with the texts that are allowed
    public static TlsTrust read(String text, boolean isCheckedBefore) {
        return switch (text) {
            case "system" -> new TlsTrust.Host();
            case "authority" -> new TlsTrust.Authority();
            case "insecure" -> new TlsTrust.Insecure();
            default -> isCheckedBefore ? new TlsTrust.Bundle(text) : bundle(text);
        };
    }

    private static TlsTrust bundle(String text) {
        if (text.length() > LONGEST_BUNDLE) {
            throw new IllegalArgumentException(
                    "a bundle has at most " + LONGEST_BUNDLE + " characters");
        }
        if (text.chars().anyMatch(TrustText::isControl)) {
            throw new IllegalArgumentException("a bundle is text, without control characters");
        }
        try {
            var _ = Pem.readable(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "one of system, authority, insecure, or certificates in PEM: " + e.getMessage(),
                    e);
        }
        return new TlsTrust.Bundle(text);
    }

    /// Whether a character takes six characters in stored settings, unlike the ends of lines.
    private static boolean isControl(int character) {
        return Character.isISOControl(character)
                && character != '\n'
                && character != '\r'
                && character != '\t';
    }
}
