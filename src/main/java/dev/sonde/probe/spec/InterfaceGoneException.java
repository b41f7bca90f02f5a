package dev.sonde.probe.spec;

/// The interface that an address names as its zone does not exist on this host now. An accepted
/// address may outlive its interface, so every use of one handles this exception.
public final class InterfaceGoneException extends Exception {

    private static final long serialVersionUID = 1L;

    InterfaceGoneException(String host, Throwable cause) {
        super(
                "this host has no interface with the name of the zone in \"%s\""
                        .formatted(Excerpt.of(host)),
                cause);
    }

    /// The sentence for the person who wrote the address.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// The refusal of an address that is new.
    IllegalArgumentException refusal() {
        return new IllegalArgumentException(sentence(), this);
    }
}
