package dev.sonde.attempt;

import dev.sonde.probe.finding.Verdict;

/// Whether a run asks for the path to its target although its settings do not.
@FunctionalInterface
public interface PathWish {

    PathWish NEVER = _ -> false;

    /// Somebody asks for the path by hand, whatever the verdict is.
    PathWish ALWAYS = _ -> true;

    /// Whether an incident begins with a run of this verdict. Safe for any thread.
    boolean isFor(Verdict verdict);
}
