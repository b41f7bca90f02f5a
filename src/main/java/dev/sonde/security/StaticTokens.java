package dev.sonde.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The configured bearer tokens, known by their hashes. Safe for any thread.
///
/// A token is compared with every hash to its end, so the time does not depend on equal bytes.
/// SHA-256 without salt is enough, because a token is random and no word of a language.
final class StaticTokens {

    private volatile List<SecurityProperties.Token> tokens;

    StaticTokens(List<SecurityProperties.Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /// From now on these are accepted, and no others.
    void replace(List<SecurityProperties.Token> read) {
        tokens = List.copyOf(read);
    }

    Optional<SecurityProperties.Token> find(String token) {
        byte[] hash = sha256(token);
        SecurityProperties.@Nullable Token found = null;
        for (SecurityProperties.Token known : tokens) {
            if (MessageDigest.isEqual(hash, known.hash())) {
                found = known;
            }
        }
        return Optional.ofNullable(found);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
