package dev.sonde.attempt.name;

import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.util.Locale;
import java.util.function.Consumer;

/// Looks names up off the event loops of the probes. Safe for any thread.
public interface NameResolver extends AutoCloseable {

    /// A caller's wait for a look-up.
    @FunctionalInterface
    interface Waiting {
        /// Ends the wait; the answer is dropped.
        void leave();
    }

    /// Looks a name up.
    ///
    /// @param whenStarted called when the look-up itself begins
    /// @param whenDone called once at most, on a thread of the resolver or, when refused at once,
    ///     on the caller's
    Waiting resolve(NameQuestion question, Runnable whenStarted, Consumer<Resolution> whenDone);

    @Override
    void close();

    /// The outcome if as many names wait already as may wait; no name service was asked.
    static Outcome busy() {
        return new Outcome.NotProbed(
                NotProbedReason.OVERLOADED,
                Phase.QUEUE,
                "too many names wait to be looked up (sonde.resolver.concurrency, .queue)");
    }

    /// RFC 6761 section 6.4: answered at once, and nobody is asked.
    static boolean isInvalid(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".invalid") || name.endsWith(".invalid.");
    }
}
