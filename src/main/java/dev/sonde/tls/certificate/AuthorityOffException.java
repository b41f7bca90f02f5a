package dev.sonde.tls.certificate;

/// A request that needs the built-in authority, while it has no key to keep its own under.
public final class AuthorityOffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message names the property and the remedy
    public AuthorityOffException(String message) {
        super(message);
    }
}
