package dev.sonde.attempt;

import dev.sonde.attempt.admission.Share;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.AskSettings;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ProbeSettings;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The questions beyond a run, asked after its attempts have ended.
///
/// @param share of the engine that they draw on
record Inquiry(Share share, ProbeSettings settings, Set<Question> questions) {

    Inquiry {
        questions = Set.copyOf(questions);
    }

    /// The questions that a run asks after each of its results.
    ///
    /// @param withPath whether somebody asks for the path by hand
    /// @return null where it asks none
    static @Nullable Inquiry requested(Share share, ProbeSettings settings, boolean withPath) {
        AskSettings ask = settings.ask();
        boolean isPath = settings.path() != null || withPath;
        if (!isPath && ask == null) {
            return null;
        }
        Set<Question> all = EnumSet.noneOf(Question.class);
        if (isPath) {
            all.add(Question.PATH);
        }
        if (ask != null) {
            all.addAll(ask.questions());
        }
        return new Inquiry(share, settings, all);
    }

    /// Asks about the deciding attempt of a result.
    ///
    /// @param whenDone called exactly once, at once or on an event loop's thread; with null where
    ///     nothing was asked
    RunningProbe begin(Prober prober, ProbeResult found, Consumer<@Nullable Findings> whenDone) {
        if (found.deciding().remote() == null
                || questions.isEmpty()
                || found.outcome() instanceof Outcome.NotProbed) {
            whenDone.accept(null);
            return () -> {};
        }
        Asking asking = new Asking(prober, this, found, whenDone);
        asking.next();
        return asking;
    }
}
