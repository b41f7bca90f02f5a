package dev.sonde.dialogue;

/// The outcome of one search.
enum SearchResult {
    FOUND,
    /// More bytes are to be searched.
    UNFINISHED,
    /// It has not come yet.
    LACKING,
    REJECTED,
    /// Other bytes came.
    OTHER
}
