package dev.sonde.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// The rights of a caller. Each role includes the rights of the one before it.
enum Role {
    /// Reads.
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

    /// This role's authority and those of all that it includes.
    List<GrantedAuthority> authorities() {
        return Arrays.stream(values())
                .filter(other -> other.compareTo(this) <= 0)
                .<GrantedAuthority>map(other -> new SimpleGrantedAuthority(other.authority()))
                .toList();
    }

    /// The greatest role among these authorities; null where there is none.
    static @Nullable Role greatest(Collection<? extends GrantedAuthority> authorities) {
        Role greatest = null;
        for (Role role : values()) {
            if (authorities.stream()
                    .anyMatch(each -> role.authority().equals(each.getAuthority()))) {
                greatest = role;
            }
        }
        return greatest;
    }

    /// The role of a word, in upper or lower case.
    static Optional<Role> of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
