package dev.sonde.definition.source;

import java.util.List;
import java.util.Map;

/// The way to a source's targets. For one thread at a time.
public interface TargetFinder extends AutoCloseable {

    /// All targets as they are now, each as its labels. The label `__address__` exists always.
    ///
    /// @throws SourceException where they cannot be read; the known targets stay
    List<Map<String, String>> find() throws SourceException;

    /// Calls the observer, on any thread, when targets have changed before the next reading is
    /// due. A source that is only read has nothing to call.
    default void onChange(Runnable observer) {}

    @Override
    default void close() {}
}
