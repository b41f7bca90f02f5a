package dev.sonde.listen.proxy;

/// The end of one direction of a proxied connection, in order behind its last bytes.
enum FlowEnd {
    /// The source sends no more.
    FIN,
    /// The source has reset its connection.
    RST,
    /// A fault closes the connection.
    FAULT_CLOSE,
    /// A fault resets the connection, at once.
    FAULT_RESET,
    /// As many bytes as the listener allows have passed.
    BYTE_LIMIT
}
