package dev.sonde.security;

import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// The role that one path requires. The first rule that matches a request decides; a path without a
/// rule is denied.
///
/// @param methods the methods of the rule; any when empty
/// @param path a pattern, in which `/**` matches anything below
/// @param role the least role with access; absent for everybody
record AccessRule(Set<HttpMethod> methods, String path, @Nullable Role role) {

    /// **The table of rights.** A new path of the service gets its line here.
    static List<AccessRule> table(SecurityProperties properties, boolean isPagePublic) {
        Role scraper = properties.prometheusOpen() ? null : Role.VIEWER;
        Role reader = isPagePublic ? null : Role.VIEWER;
        Role prober = properties.probeOpen() ? null : Role.PROBER;
        return List.of(
                reading("/actuator/health/**", null),
                reading("/-/healthy", null),
                reading("/", null),
                reading("/page/**", null),
                reading("/favicon.ico", null),
                reading("/swagger-ui.html", null),
                reading("/swagger-ui/**", null),
                reading("/v3/api-docs/**", null),
                reading("/v3/api-docs.yaml", null),
                reading("/actuator/prometheus", scraper),
                reading("/metrics", scraper),
                reading("/actuator/**", Role.VIEWER),
                reading("/probe", prober),
                reading("/logs", Role.VIEWER),
                reading("/config", Role.VIEWER),
                any("/-/reload", Role.ADMIN),
                reading("/api/v1/status", reader),
                reading("/api/v1/status/held-runs", reader),
                reading("/api/v1/probes/*/badge/*", reader),
                reading("/api/v1/**", Role.VIEWER),
                any("/api/v1/certificates/**", Role.ADMIN),
                any("/api/v1/**", Role.OPERATOR));
    }

    private static AccessRule reading(String path, @Nullable Role role) {
        return new AccessRule(Set.of(HttpMethod.GET, HttpMethod.HEAD), path, role);
    }

    private static AccessRule any(String path, @Nullable Role role) {
        return new AccessRule(Set.of(), path, role);
    }

    RequestMatcher[] matchers() {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        Stream<RequestMatcher> matchers =
                methods.isEmpty()
                        ? Stream.of(paths.matcher(path))
                        : methods.stream().map(method -> paths.matcher(method, path));
        return matchers.toArray(RequestMatcher[]::new);
    }

    /// Puts a table into effect; a path without a rule is denied to everybody.
    static void set(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    rules,
            List<AccessRule> table) {
        rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll();
        for (AccessRule rule : table) {
            var matched = rules.requestMatchers(rule.matchers());
            Role role = rule.role();
            if (role == null) {
                matched.permitAll();
            } else {
                matched.hasAuthority(role.authority());
            }
        }
        rules.anyRequest().denyAll();
    }
}
