package dev.sonde.listen.proxy;

/// The next place of the bytes of one direction: a stage, or the sink. Confined to its loop.
interface Outlet {

    void take(Piece piece);

    /// Nothing comes after this.
    void end(FlowEnd how);
}
