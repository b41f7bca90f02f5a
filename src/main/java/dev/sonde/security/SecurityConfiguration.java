package dev.sonde.security;

import dev.sonde.eventloop.Ticker;
import dev.sonde.page.PageProperties;
import dev.sonde.policy.ServiceReach;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import dev.sonde.security.direct.GuardHeaders;
import dev.sonde.security.forwarded.ForwardedCaller;
import dev.sonde.web.ForwardedRequest;
import dev.sonde.web.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/// Puts the guards in front of every request.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final int UNWRITTEN_DENIALS = 10_000;
    private static final int USUAL_RATE = 200;

    /// At once, because an answer may be sent before the filters see its end.
    private static final ObjectPostProcessor<HeaderWriterFilter> EAGERLY =
            new ObjectPostProcessor<>() {
                @Override
                public <O extends HeaderWriterFilter> O postProcess(O filter) {
                    filter.setShouldWriteHeadersEagerly(true);
                    return filter;
                }
            };

    @Bean
    AccessMode accessMode(
            SecurityProperties properties, ObjectProvider<JwtDecoder> decoder, ServiceReach reach) {
        boolean hasJwt = decoder.getIfAvailable() != null;
        return AccessMode.decide(
                properties.open(),
                hasJwt || !properties.tokens().isEmpty(),
                reach.isLoopbackOnly());
    }

    @Bean
    OpenAccess openAccess(AccessMode mode, ServiceReach reach) {
        return new OpenAccess(mode.isOpen() && reach.isLoopbackOnly());
    }

    @Bean
    RateLimits rateLimits(SecurityProperties properties, AccessMode mode) {
        Integer chosen = properties.rate().requestsPerSecond();
        int usual = mode == AccessMode.OPEN_ON_LOOPBACK ? 0 : USUAL_RATE;
        return new RateLimits(
                chosen == null ? usual : chosen, properties.rate().burst(), Ticker.system());
    }

    @Bean
    TrustedProxies trustedProxies(SecurityProperties properties) {
        return new TrustedProxies(properties.trustedProxies());
    }

    @Bean
    Refusals refusals(ProblemWriter problems, RateLimits limits) {
        return new Refusals(problems, limits);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    AuditLog auditLog() {
        return new AuditLog(UNWRITTEN_DENIALS, Ticker.system());
    }

    /// Observations of Spring's own filters are off: they say nothing about Sonde and cost every
    /// request. `http.server.requests` counts refusals by status.
    @Bean
    SecurityObservationSettings observedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /// The firewall does not judge methods. The access rules do, and an unknown method is answered
    /// with 405.
    @Bean
    StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /// At once and as a problem document: the error page would read the same header again.
    @Bean
    RequestRejectedHandler rejectedRequests(ProblemWriter problems) {
        return (request, response, _) ->
                problems.write(
                        ProblemType.MALFORMED_REQUEST
                                .because("the path or a header has characters that are not allowed")
                                .at(request.getRequestURI()),
                        response);
    }

    /// Of requests that another replica forwarded: rate and audit log were its business. The table
    /// of roles holds here again.
    @Bean
    @Order(0)
    SecurityFilterChain memberGuards(
            HttpSecurity http,
            SecurityProperties properties,
            PageProperties page,
            Refusals refusals) {
        stateless(http, refusals)
                .securityMatcher(ForwardedRequest::is)
                .headers(AbstractHttpConfigurer::disable)
                .addFilterBefore(
                        new ForwardedCaller(Role.words()), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(
                        rules ->
                                AccessRule.set(
                                        rules, AccessRule.table(properties, page.isPublic())));
        return http.build();
    }

    @Bean
    SecurityFilterChain guards(
            HttpSecurity http,
            AccessMode mode,
            SecurityProperties properties,
            PageProperties page,
            RateLimits limits,
            Refusals refusals,
            ProblemWriter problems,
            AuthenticationManagerResolver<HttpServletRequest> tokens,
            ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        List<AccessRule> table = AccessRule.table(properties, page.isPublic());
        stateless(http, refusals)
                .headers(SecurityConfiguration::setHeaders)
                .addFilterAfter(new AuditFilter(), SecurityContextHolderFilter.class)
                .addFilterAfter(
                        new RateFilter(limits, refusals), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new CrossSiteFilter(refusals), RateFilter.class)
                .addFilterAfter(
                        new UnknownPathFilter(table, problems, mappings), AuthorizationFilter.class)
                .addFilterAfter(new MediaTypeFilter(problems), UnknownPathFilter.class);
        if (mode == AccessMode.OPEN_ON_LOOPBACK) {
            http.addFilterBefore(new HostFilter(properties.hosts(), refusals), RateFilter.class);
        }
        if (mode.isOpen()) {
            http.addFilterBefore(new OpenAccessFilter(), AnonymousAuthenticationFilter.class)
                    .authorizeHttpRequests(rules -> rules.anyRequest().permitAll());
        } else {
            http.oauth2ResourceServer(
                            server ->
                                    server.authenticationManagerResolver(tokens)
                                            .authenticationEntryPoint(refusals)
                                            .accessDeniedHandler(refusals))
                    .authorizeHttpRequests(rules -> AccessRule.set(rules, table));
        }
        return http.build();
    }

    /// Callers have no session, and each refusal is a problem document.
    private static HttpSecurity stateless(HttpSecurity http, Refusals refusals) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        refused ->
                                refused.authenticationEntryPoint(refusals)
                                        .accessDeniedHandler(refusals));
    }

    private static void setHeaders(HeadersConfigurer<HttpSecurity> headers) {
        headers.withObjectPostProcessor(EAGERLY);
        headers.defaultsDisabled().addHeaderWriter(new GuardHeaders());
    }
}
