package dev.sonde.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/// Reads who a caller is, and its role, from the claims of a JWT that was found valid.
final class JwtCallers implements Converter<Jwt, AbstractAuthenticationToken> {

    private final SecurityProperties.Jwt properties;

    JwtCallers(SecurityProperties.Jwt properties) {
        this.properties = properties;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt jwt) {
        if (jwt.getExpiresAt() == null && !properties.allowWithoutExpiry()) {
            throw new InvalidBearerTokenException(
                    "the token has no exp (sonde.security.jwt.allow-without-expiry)");
        }
        Object name = jwt.getClaims().get(properties.nameClaim());
        List<GrantedAuthority> authorities = role(jwt).map(Role::authorities).orElse(List.of());
        return new JwtAuthenticationToken(
                jwt, authorities, name == null ? "unknown" : name.toString());
    }

    /// The highest of the roles; without one a caller is known and may do nothing.
    private Optional<Role> role(Jwt jwt) {
        return words(claim(jwt))
                .filter(word -> word.startsWith(properties.rolePrefix()))
                .map(word -> word.substring(properties.rolePrefix().length()))
                .map(Role::of)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private @Nullable Object claim(Jwt jwt) {
        Object value = jwt.getClaims();
        for (String name : properties.rolesClaim().split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static Stream<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Arrays.stream(text.split(" ", -1));
            case Collection<?> many -> many.stream().filter(Objects::nonNull).map(Object::toString);
            case null, default -> Stream.empty();
        };
    }
}
