package dev.sonde.api.probe;

import dev.sonde.api.request.Query;
import dev.sonde.form.condition.LabelSelector;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.schedule.ProbeFilter;
import dev.sonde.schedule.ProbeSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads which probes of a list are wanted.
final class ProbeFilters {

    private static final List<String> REASONS = reasons();

    private ProbeFilters() {}

    /// @param labels each `key=value` or `key!=value`; all have to hold
    static ProbeFilter of(String @Nullable [] labels, ProbeListParameters parameters) {
        List<Predicate<ProbeSnapshot>> all = new ArrayList<>();
        LabelSelector selector = LabelSelector.of(labels);
        if (!selector.isEmpty()) {
            all.add(probe -> selector.matches(probe.definition().spec().labels()));
        }
        addOfLastRun(all, parameters);
        if (parameters.target() != null) {
            Wildcard wanted = Wildcard.of(parameters.target());
            all.add(probe -> wanted.matches(target(probe)));
        }
        if (parameters.q() != null) {
            String text = parameters.q().toLowerCase(Locale.ROOT);
            all.add(probe -> contains(probe, text));
        }
        String state = parameters.state();
        return new ProbeFilter(
                Map.of(),
                state == null ? null : state(state),
                all.stream().reduce(Predicate::and).orElse(null));
    }

    private static void addOfLastRun(
            List<Predicate<ProbeSnapshot>> all, ProbeListParameters parameters) {
        if (parameters.outcome() != null) {
            String outcome = Query.word("outcome", parameters.outcome(), Outcome.LABELS);
            all.add(
                    probe -> {
                        Outcome last = probe.outcome();
                        return last != null && last.label().equals(outcome);
                    });
        }
        if (parameters.reason() != null) {
            String reason = Query.word("reason", parameters.reason(), REASONS);
            all.add(
                    probe -> {
                        Outcome last = probe.outcome();
                        return last != null && last.reasonLabel().equals(reason);
                    });
        }
    }

    private static List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        reasons.add(Outcome.Succeeded.connected().reasonLabel());
        Arrays.stream(FailureReason.values()).map(FailureReason::label).forEach(reasons::add);
        Arrays.stream(NotProbedReason.values()).map(NotProbedReason::label).forEach(reasons::add);
        return List.copyOf(reasons);
    }

    private static String target(ProbeSnapshot probe) {
        return probe.definition().spec().target().toString();
    }

    private static boolean contains(ProbeSnapshot probe, String text) {
        return probe.definition().name().contains(text)
                || target(probe).toLowerCase(Locale.ROOT).contains(text)
                || probe.definition().spec().labels().values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text));
    }

    private static ProbeState state(String text) {
        List<String> labels = Arrays.stream(ProbeState.values()).map(ProbeState::label).toList();
        String word = Query.word("state", text, labels);
        return ProbeState.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
