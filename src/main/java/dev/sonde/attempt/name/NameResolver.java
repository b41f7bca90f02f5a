package dev.sonde.attempt.name;

import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.util.Locale;
import java.util.function.Consumer;

/// Looks names up off the event loops of the probes. Safe for any thread.
public interface NameResolver extends AutoCloseable {

    /// A look-up that somebody waits for.
    @FunctionalInterface
    interface Waiting {
        /// Nobody waits any more; the answer is not reported then, or to nobody.
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

    /// Every name that a look-up could take is waiting already: nothing was asked of anybody.
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
