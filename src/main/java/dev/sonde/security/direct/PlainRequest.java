package dev.sonde.security.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The form of a request in which nothing is left for the filter chain to refuse, change or note:
/// a GET of one exact path, without a body, with the usual headers, each once, in printable ASCII.
///
/// A request of any other form takes the way through the chain.
public final class PlainRequest {

    private static final int LONGEST_QUERY = 2_048;

    private static final Set<String> HEADERS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        HEADERS.addAll(
                List.of(
                        "Accept",
                        "Accept-Encoding",
                        "Accept-Language",
                        "Authorization",
                        "Connection",
                        "Host",
                        "HTTP2-Settings",
                        "Upgrade",
                        "User-Agent",
                        "X-Prometheus-Scrape-Timeout-Seconds"));
    }

    private PlainRequest() {}

    /// Whether the request is a plain one of the path.
    public static boolean is(HttpServletRequest request, String path) {
        return path.equals(request.getRequestURI())
                && path.equals(request.getServletPath())
                && "GET".equals(request.getMethod())
                && isPlain(request.getQueryString())
                && hasUsualHeaders(request);
    }

    private static boolean hasUsualHeaders(HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            if (!HEADERS.contains(name)) {
                return false;
            }
            Enumeration<String> values = request.getHeaders(name);
            if (!isPrintable(values.nextElement()) || values.hasMoreElements()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /// Whether every character is ASCII that can be printed, as it is or by its number.
    private static boolean isPlain(@Nullable String query) {
        if (query == null
                || query.length() > LONGEST_QUERY
                || !isPrintable(query)
                || query.contains("access_token")) {
            return false;
        }
        for (int at = query.indexOf('%'); at >= 0; at = query.indexOf('%', at + 1)) {
            if (at + 2 >= query.length()) {
                return false;
            }
            int high = Character.digit(query.charAt(at + 1), 16);
            int low = Character.digit(query.charAt(at + 2), 16);
            if (high < 2 || high > 7 || low < 0 || (high == 7 && low == 15)) {
                return false;
            }
        }
        return true;
    }
}
