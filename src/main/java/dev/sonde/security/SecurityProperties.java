package dev.sonde.security;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Access to the service.
///
/// @param open whether everybody has all rights, on any address of the service
/// @param tokens the static bearer tokens that are accepted
/// @param jwt how the tokens of an OAuth2 server are read
/// @param prometheusOpen whether the metrics may be scraped without a token
/// @param probeOpen whether `/probe` may be asked without a token
/// @param hosts further accepted names in `Host` while the service is open on loopback without
///     configuration
/// @param trustedProxies addresses and CIDRs of the proxies whose forwarded headers count
/// @param rate request limit of one caller
@ConfigurationProperties("sonde.security")
record SecurityProperties(
        @DefaultValue("false") boolean open,
        @DefaultValue List<Token> tokens,
        @DefaultValue Jwt jwt,
        @DefaultValue("false") boolean prometheusOpen,
        @DefaultValue("false") boolean probeOpen,
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue Rate rate) {

    SecurityProperties {
        hosts = List.copyOf(hosts);
        trustedProxies = List.copyOf(trustedProxies);
        tokens = List.copyOf(tokens);
        Set<String> names = new HashSet<>();
        for (Token token : tokens) {
            if (!names.add(token.name())) {
                throw new IllegalArgumentException(
                        "sonde.security.tokens has two tokens with the name " + token.name());
            }
        }
    }

    /// One token, of which only the hash is known.
    ///
    /// @param name who it is, in the audit log
    /// @param sha256 SHA-256 of the token in hexadecimal
    record Token(String name, Role role, String sha256) {

        private static final int HASH_BYTES = 32;

        Token {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("each of sonde.security.tokens has a name");
            }
            if (role == null) {
                throw new IllegalArgumentException(
                        "sonde.security.tokens: %s has no role; one of viewer, prober, operator, admin"
                                .formatted(name));
            }
            if (sha256 == null || !isHash(sha256)) {
                throw new IllegalArgumentException(
                        "sonde.security.tokens: sha256 of %s is not the token's SHA-256, 64 hexadecimal digits"
                                .formatted(name));
            }
        }

        byte[] hash() {
            return HexFormat.of().parseHex(sha256);
        }

        private static boolean isHash(String text) {
            return text.length() == HASH_BYTES * 2 && text.chars().allMatch(HexFormat::isHexDigit);
        }

        /// The name and the role, without the hash.
        @Override
        public String toString() {
            return name + " (" + role + ")";
        }
    }

    /// @param rolesClaim the claim that holds the roles, a list or words apart by spaces; dots lead
    ///     into objects
    /// @param rolePrefix what stands before a role's word in that claim
    /// @param nameClaim the claim that says who it is
    /// @param allowWithoutExpiry whether a token without `exp` is accepted, which then never ends
    record Jwt(
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue("") String rolePrefix,
            @DefaultValue("sub") String nameClaim,
            @DefaultValue("false") boolean allowWithoutExpiry) {}

    /// @param requestsPerSecond requests of one caller in a second, in the long run; 0 means no
    ///     limit. The default is 200, and no limit while the service is open only on loopback.
    /// @param burst requests of one caller at once
    record Rate(@Nullable Integer requestsPerSecond, @DefaultValue("400") int burst) {

        Rate {
            if (requestsPerSecond != null && requestsPerSecond < 0) {
                throw new IllegalArgumentException(
                        "sonde.security.rate.requests-per-second is at least 0");
            }
            if (burst < 1) {
                throw new IllegalArgumentException("sonde.security.rate.burst is at least 1");
            }
        }
    }
}
