package dev.sonde.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// The rights of a caller. Each role includes the rights of the one before it.
enum Role {
    /// May read.
    VIEWER,

    /// Asks `/probe`, as Prometheus does for its targets.
    PROBER,

    /// Probes, schedules probes and opens listeners.
    OPERATOR,

    /// Changes what the others may rely on: certificates, the configuration.
    ADMIN;

    String authority() {
        return "ROLE_" + name();
    }

    /// Whether the caller has this role or one that includes it.
    boolean isOf(Authentication caller) {
        return caller.getAuthorities().stream()
                .anyMatch(each -> authority().equals(each.getAuthority()));
    }

    /// This role's authority and those of all that it includes.
    List<GrantedAuthority> authorities() {
        return Arrays.stream(values())
                .filter(other -> other.compareTo(this) <= 0)
                .<GrantedAuthority>map(other -> new SimpleGrantedAuthority(other.authority()))
                .toList();
    }

    static Set<String> words() {
        return Arrays.stream(values()).map(Role::name).collect(Collectors.toSet());
    }

    /// The role of a word, in upper or lower case.
    static Optional<Role> of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
