package dev.sonde.blackbox.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes what is secret out of a tree that was read from a module file.
final class Secrets {

    static final String MASK = "<secret>";

    private static final Set<String> NAMES =
            Set.of(
                    "key",
                    "secret_key",
                    "client_certificate_key",
                    "secrets",
                    "password",
                    "bearer_token",
                    "credentials",
                    "client_secret",
                    "proxy_connect_header",
                    "authorization",
                    "cookie",
                    "proxy-authorization");

    /// A password in a URL, as `proxy_url` may have one.
    private static final Pattern IN_URL = Pattern.compile("(\\w://[^/?#:@\\s]*:)[^/?#@\\s]+@");

    private Secrets() {}

    /// A copy in which every secret reads `<secret>`.
    static @Nullable Object masked(@Nullable Object tree) {
        return switch (tree) {
            case null -> null;
            case Map<?, ?> map -> maskedMap(map);
            case List<?> list -> list.stream().map(Secrets::masked).toList();
            case String text -> IN_URL.matcher(text).replaceAll("$1" + MASK + "@");
            default -> tree;
        };
    }

    private static Map<String, @Nullable Object> maskedMap(Map<?, ?> map) {
        Map<String, @Nullable Object> masked = new LinkedHashMap<>();
        map.forEach(
                (key, value) -> {
                    String name = String.valueOf(key);
                    boolean isSecret = NAMES.contains(name.toLowerCase(Locale.ROOT));
                    masked.put(name, isSecret ? hidden(value) : masked(value));
                });
        return masked;
    }

    /// The field names of a structured secret stay: `authorization: {type, credentials}`.
    static @Nullable Object hidden(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> masked = new LinkedHashMap<>();
                map.forEach((key, inner) -> masked.put(String.valueOf(key), hidden(inner)));
                yield masked;
            }
            case List<?> list -> list.stream().map(Secrets::hidden).toList();
            default -> MASK;
        };
    }
}
