package dev.sonde.probe.finding;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/// A look-up of names off the loops. Safe for any thread.
@FunctionalInterface
public interface NameLookup {

    /// The answer to a look-up.
    sealed interface Answer {

        /// The addresses of a name.
        ///
        /// @param addresses in the resolver's order, at least one
        record Found(List<InetAddress> addresses) implements Answer {}

        /// The name has no address, or the name service failed.
        record Unknown(Outcome outcome) implements Answer {}
    }

    /// Looks a name up.
    ///
    /// @param whenDone called once, on any thread
    void resolve(String host, Consumer<Answer> whenDone);
}
