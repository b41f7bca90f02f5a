package dev.sonde.attempt.path;

/// The answer to the data of one TTL.
enum DataAnswer {
    /// A router reports that the TTL was used up.
    EXPIRED,
    SILENT,
    /// The peer's kernel acknowledges data.
    ARRIVED,
    /// A RST ended the connection.
    RESET
}
