package dev.sonde.tls.certificate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A deliberate fault of a server, for tests of clients.
///
/// @param alert which one is sent; present only for [Type#ALERT]
public record TlsFault(Type type, @Nullable TlsAlert alert) {

    public enum Type {
        /// Its certificate is of the right authority and names, and expired a day ago.
        EXPIRED,
        /// Its certificate is of the right authority and bears another name.
        WRONG_NAME,
        /// Its certificate bears the right names; nobody knows the authority.
        UNTRUSTED,
        /// It reads all input and never answers.
        NEVER_ENDS,
        /// It answers the client's first message with an alert.
        ALERT;

        /// Whether it performs the handshake, with a wrong certificate.
        public boolean hasCertificate() {
            return this != NEVER_ENDS && this != ALERT;
        }

        /// Lower snake case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TlsFault {
        if ((type == Type.ALERT) != (alert != null)) {
            throw new IllegalArgumentException(
                    "an alert belongs to the type alert, and to no other");
        }
    }
}
