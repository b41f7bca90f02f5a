package dev.sonde.api.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Function;

/// The tag of a page of definitions. It changes when one of them changes, comes or goes.
public final class DefinitionTag {

    private DefinitionTag() {}

    /// The tag of these definitions, in quotes.
    ///
    /// @param version the name and the version of one
    public static <T> String of(Collection<T> definitions, Function<T, String> version) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (T each : definitions) {
                digest.update((version.apply(each) + '\n').getBytes(StandardCharsets.UTF_8));
            }
            return '"' + HexFormat.of().formatHex(digest.digest(), 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
