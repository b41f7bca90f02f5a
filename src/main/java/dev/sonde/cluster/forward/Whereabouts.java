package dev.sonde.cluster.forward;

/// The place of an object that only one replica holds.
public sealed interface Whereabouts {

    /// At this replica, or nowhere.
    record Here() implements Whereabouts {}

    /// At another replica, which is present.
    record There(Holder holder) implements Whereabouts {}

    /// At a replica that is no longer present.
    ///
    /// @param replica its name
    record Gone(String replica) implements Whereabouts {}
}
