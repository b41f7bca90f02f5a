package dev.sonde.security.forwarded;

import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/// The caller of a forwarded request: name and roles, as the replica that took the request found
/// them. They count on the port for replicas only. The role of the holder's own table is required
/// again.
public final class ForwardedCaller extends OncePerRequestFilter {

    private static final String NAME = "Sonde-Caller";
    private static final String ROLES = "Sonde-Roles";
    private static final String PREFIX = "ROLE_";

    private final Set<String> known;

    /// @param known the words of all roles
    public ForwardedCaller(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    /// The headers that name the caller of this thread's request to another replica. Empty for a
    /// caller without a role.
    public static Map<String, String> headers() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) {
            return Map.of();
        }
        String roles =
                caller.getAuthorities().stream()
                        .map(each -> String.valueOf(each.getAuthority()))
                        .filter(each -> each.startsWith(PREFIX))
                        .map(each -> each.substring(PREFIX.length()))
                        .collect(Collectors.joining(" "));
        return Map.of(
                NAME, URLEncoder.encode(caller.getName(), StandardCharsets.UTF_8), ROLES, roles);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication caller = ForwardedRequest.is(request) ? read(request) : null;
        if (caller != null) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(caller);
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private @Nullable Authentication read(HttpServletRequest request) {
        String name = request.getHeader(NAME);
        String roles = request.getHeader(ROLES);
        if (name == null || roles == null) {
            return null;
        }
        List<String> words = List.of(roles.split(" ", -1));
        return known.containsAll(words)
                ? new PreAuthenticatedAuthenticationToken(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        "",
                        words.stream()
                                .map(word -> new SimpleGrantedAuthority(PREFIX + word))
                                .toList())
                : null;
    }
}
