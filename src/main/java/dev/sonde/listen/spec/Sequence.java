package dev.sonde.listen.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Behaviours that follow one another, in the order of accept. The last one stays.
public record Sequence(List<Step> steps) implements Behaviour {

    public static final int MOST_STEPS = 100;
    static final int MOST_TIMES = 1_000_000;

    /// A behaviour and how long it is met.
    ///
    /// @param times as many connections meet it; absent where it ends otherwise
    /// @param duration the time from its beginning to its end; absent where it ends otherwise
    public record Step(Behaviour behaviour, @Nullable Integer times, @Nullable Duration duration) {

        /// The last one, which stays.
        public static Step last(Behaviour behaviour) {
            return new Step(behaviour, null, null);
        }
    }

    public Sequence {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new InvalidListenerException(
                    "behaviour.steps",
                    steps.size() + " steps",
                    "a list of 1 to " + MOST_STEPS + " steps");
        }
        for (int i = 0; i < steps.size(); i++) {
            check("behaviour.steps[" + i + "]", steps.get(i), i == steps.size() - 1);
        }
    }

    private static void check(String path, Step step, boolean isLast) {
        if (step.behaviour() instanceof Sequence) {
            throw new InvalidListenerException(
                    path + ".behaviour.type", "sequence", "a sequence has no sequence in it");
        }
        checkEnd(path, step, isLast);
        if (step.times() != null && !step.behaviour().accepts()) {
            throw new ListenerException(
                    ListenerProblem.NOT_BY_CONNECTION,
                    path
                            + ".times: "
                            + step.behaviour().type()
                            + " answers before a connection is accepted; for gives the step a"
                            + " time");
        }
        Single.requireFailureByConnection(path + ".behaviour", step.behaviour());
    }

    private static void checkEnd(String path, Step step, boolean isLast) {
        boolean hasEnd = step.times() != null || step.duration() != null;
        if (step.times() != null && step.duration() != null) {
            throw new InvalidListenerException(
                    path + ".times", step.times(), "a step has either times or for");
        }
        if (isLast && hasEnd) {
            throw new InvalidListenerException(
                    path, null, "the last step stays, so it has neither times nor for");
        }
        if (!isLast && !hasEnd) {
            throw new InvalidListenerException(
                    path, null, "times or for is expected: only the last step stays");
        }
        if (step.times() != null) {
            Bounds.number(path + ".times", step.times(), 1, MOST_TIMES);
        }
        if (step.duration() != null) {
            Bounds.limit(path + ".for", step.duration());
        }
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String path = ".steps[" + i + "].behaviour";
            steps.get(i).behaviour().parts().forEach(part -> parts.add(part.under(path)));
        }
        return parts;
    }

    @Override
    public String type() {
        return "sequence";
    }
}
