package dev.sonde.check;

/// The share of one check in the memory of all.
///
/// @param results how many it will keep
/// @param targetBytes of heap until it has ended
record CheckNeed(long results, long targetBytes) {

    long bytes() {
        return targetBytes + ResultLog.bytesFor(results);
    }
}
