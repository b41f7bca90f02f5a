package dev.sonde.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/// Writes links with the path that callers use: the prefix that a trusted proxy cuts off
/// (`X-Forwarded-Prefix`), then the context path. Links in bodies take it from [CallerPath].
///
/// The filter is the last one. The access rules judge the path without the prefix.
final class PrefixFilter extends OncePerRequestFilter {

    private static final String HEADER = "X-Forwarded-Prefix";
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Set<String> LINKS = links();

    private static Set<String> links() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.add("Location");
        names.add("Content-Location");
        return names;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String prefix = prefix(request);
        String base = prefix + request.getContextPath();
        if (base.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        CallerPath.begin(request, prefix, base);
        try {
            chain.doFilter(
                    prefix.isEmpty() ? request : new PrefixedRequest(request, prefix),
                    new LinkingResponse(response, base));
        } finally {
            CallerPath.end();
        }
    }

    private static String prefix(HttpServletRequest request) {
        boolean isForwarded = ForwardedRequest.is(request);
        return prefix(request.getHeader(isForwarded ? CallerPath.FORWARDED_PREFIX : HEADER));
    }

    /// Several proxies name a part each. A header that is no path does not count.
    private static String prefix(@Nullable String header) {
        if (header == null) {
            return "";
        }
        StringBuilder prefix = new StringBuilder();
        for (String part : header.split(",", -1)) {
            prefix.append(part.strip().replaceFirst("/+$", ""));
        }
        return PATH.matcher(prefix).matches() ? prefix.toString() : "";
    }

    /// A request under the path that the proxy was asked for.
    private static final class PrefixedRequest extends HttpServletRequestWrapper {

        private final String prefix;

        PrefixedRequest(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getContextPath() {
            return prefix + super.getContextPath();
        }

        @Override
        public String getRequestURI() {
            return prefix + super.getRequestURI();
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            return url.insert(url.length() - super.getRequestURI().length(), prefix);
        }
    }

    /// An answer whose links begin with the base.
    private static final class LinkingResponse extends HttpServletResponseWrapper {

        private final String base;

        LinkingResponse(HttpServletResponse response, String base) {
            super(response);
            this.base = base;
        }

        @Override
        public void setHeader(String name, String value) {
            super.setHeader(name, linked(name, value));
        }

        @Override
        public void addHeader(String name, String value) {
            super.addHeader(name, linked(name, value));
        }

        private String linked(String name, String value) {
            boolean isOwnPath = value != null && value.startsWith("/") && !value.startsWith("//");
            return isOwnPath && LINKS.contains(name) && !value.startsWith(base + "/")
                    ? base + value
                    : value;
        }
    }
}
