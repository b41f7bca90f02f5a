package dev.sonde.listen;

/// The listener of a connection, which takes its connections along when it closes.
interface ConnectionOwner {

    /// Closes the port until a connect to an upstream works. Called on any loop.
    void refuseNewcomers();
}
