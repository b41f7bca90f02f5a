package dev.sonde.listen.spec;

/// A listener of another replica.
///
/// @param replica the name of its holder
public record ForeignListener(StoredListener definition, String replica) {

    public String name() {
        return definition.spec().name();
    }
}
