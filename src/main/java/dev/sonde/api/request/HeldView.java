package dev.sonde.api.request;

/// The view of an object that one replica holds.
public interface HeldView {

    /// The same view with its holder.
    ///
    /// @param replica the holder's name
    Object heldBy(String replica);

    /// Whether every replica holds such an object, so that the view has a part of each.
    default boolean hasPartOfEach() {
        return false;
    }
}
