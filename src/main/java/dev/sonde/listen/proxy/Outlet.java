package dev.sonde.listen.proxy;

/// The next place of the bytes of one direction: a stage, or the sink. Confined to its loop.
interface Outlet {

    void take(Piece piece);

    /// The end of the direction, behind its last bytes.
    void end(FlowEnd how);
}
