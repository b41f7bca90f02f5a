package dev.sonde.listen.engine;

import dev.sonde.listen.record.RecordMemory;
import dev.sonde.listen.record.Traces;
import java.util.function.LongSupplier;

/// The records of accepted connections, shared by all listeners. Every part is safe for any thread.
///
/// @param ids the number of the next connection
public record ConnectionRecords(RecordMemory memory, Traces traces, LongSupplier ids) {}
