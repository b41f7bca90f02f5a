package dev.sonde.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// The caller of the request on the current thread.
final class Callers {

    private static final int NETWORK_BYTES = 8;

    private Callers() {}

    /// The caller's name, or where it comes from.
    static String name(HttpServletRequest request) {
        String known = known();
        return known == null ? "anonymous" : known;
    }

    /// The key by which a caller's requests are counted: its name, else its address.
    static String counted(HttpServletRequest request) {
        return counted(known(), request);
    }

    /// The same for a caller of a known name.
    static String counted(@Nullable String known, HttpServletRequest request) {
        return known == null ? address(request) : "caller " + known;
    }

    /// The address; of an IPv6 one the network, because a single host has all of it.
    static String address(HttpServletRequest request) {
        String text = request.getRemoteAddr();
        try {
            return InetAddress.ofLiteral(text) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : text;
        } catch (IllegalArgumentException _) {
            // A proxy's header may say anything; whatever it says is one caller.
            return text;
        }
    }

    private static @Nullable String known() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || caller instanceof AnonymousAuthenticationToken) {
            return null;
        }
        return caller.equals(OpenAccessFilter.ANYBODY) ? null : caller.getName();
    }
}
