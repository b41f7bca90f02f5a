package dev.sonde.listen.spec;

import java.util.Locale;

/// The reason why a listener cannot be opened or changed. A closed list.
public enum ListenerProblem {
    /// Something listens there already.
    ADDRESS_IN_USE,
    /// The address is not one of this host's.
    ADDRESS_NOT_AVAILABLE,
    DENIED_BY_POLICY,
    /// The port needs a privilege that this process lacks.
    NO_PERMISSION,
    NAME_EXISTS,
    /// A set of definitions owns the listener of this name.
    OWNED_BY_SET,
    TOO_MANY_LISTENERS,
    NO_DESCRIPTORS,
    /// The heap that definitions may take is used up.
    DEFINITIONS_FULL,
    /// The built-in authority has no server's certificate of the name.
    NO_CERTIFICATE,
    /// The behaviour answers before a connection is accepted, so it cannot be chosen for one.
    NOT_BY_CONNECTION,
    /// Any other error of this host.
    LOCAL_ERROR;

    /// Lower snake case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
