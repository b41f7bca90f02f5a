package dev.sonde.web;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/// The paths of this service as the caller of the current request writes them: after the prefix of
/// a trusted proxy and the context path. Safe for any thread; a thread without a request has none
/// of both.
public final class CallerPath {

    /// The prefix of the first caller, in a request that another replica forwards. Only the port
    /// for replicas reads it.
    public static final String FORWARDED_PREFIX = "Sonde-Prefix";

    private static final String ATTRIBUTE = CallerPath.class.getName();

    /// The request's thread writes it around the request, and reads it in between.
    private static final ThreadLocal<@Nullable String> BASE = new ThreadLocal<>();

    private CallerPath() {}

    /// The path that leads the caller to a path of this service.
    public static String of(String path) {
        String base = BASE.get();
        return base == null ? path : base + path;
    }

    /// Equal for requests whose links are equal; mostly empty.
    public static String base() {
        return of("");
    }

    /// The prefix that a trusted proxy cut off; mostly empty.
    public static String prefix(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String prefix ? prefix : "";
    }

    static void begin(ServletRequest request, String prefix, String base) {
        request.setAttribute(ATTRIBUTE, prefix);
        BASE.set(base);
    }

    static void end() {
        BASE.remove();
    }
}
