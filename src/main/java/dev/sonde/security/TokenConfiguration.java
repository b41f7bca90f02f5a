package dev.sonde.security;

import dev.sonde.page.PageProperties;
import dev.sonde.start.ConfigurationFiles;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/// Makes what knows the tokens of callers.
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    AuthenticationManagerResolver<HttpServletRequest> bearerTokens(
            StaticTokens known, SecurityProperties properties, ObjectProvider<JwtDecoder> decoder) {
        AuthenticationManager tokens = new BearerTokens(known, jwt(properties, decoder));
        return _ -> tokens;
    }

    @Bean
    PortGuard portGuard(
            AccessMode mode,
            SecurityProperties properties,
            StaticTokens known,
            ObjectProvider<JwtDecoder> decoder) {
        return new PortGuard(
                mode,
                new HostNames(properties.hosts()),
                new BearerTokens(known, jwt(properties, decoder)));
    }

    @Bean
    DirectAccess directAccess(
            AccessMode mode,
            SecurityProperties properties,
            PageProperties page,
            StaticTokens known,
            ObjectProvider<JwtDecoder> decoder,
            RateLimits limits) {
        BearerTokens tokens = new BearerTokens(known, jwt(properties, decoder));
        return new DirectAccess(mode, properties, page, tokens, limits);
    }

    @Bean
    StaticTokens staticTokens(SecurityProperties properties) {
        return new StaticTokens(properties.tokens());
    }

    @Bean
    TokenReload tokenReload(ConfigurableEnvironment environment, StaticTokens tokens) {
        return new TokenReload(new ConfigurationFiles(environment), tokens);
    }

    private static @Nullable JwtAuthenticationProvider jwt(
            SecurityProperties properties, ObjectProvider<JwtDecoder> decoder) {
        JwtDecoder known = decoder.getIfAvailable();
        if (known == null) {
            return null;
        }
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(known);
        provider.setJwtAuthenticationConverter(new JwtCallers(properties.jwt()));
        return provider;
    }
}
