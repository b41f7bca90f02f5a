package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Sequence;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// Behaviours that follow one another, in requests and answers.
@JsonTypeName("sequence")
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "SequenceBehaviour",
        description = "Behaviours that follow one another, in the order of accept")
record SequenceForm(
        @Schema(
                        description = "1 to 100; the last one stays",
                        requiredMode = Schema.RequiredMode.REQUIRED)
                @Nullable List<@Nullable Step> steps)
        implements BehaviourForm {

    /// A behaviour and how long it is met.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SequenceStep", description = "A behaviour and how long it is met")
    record Step(
            @Schema(
                            description =
                                    "As many connections meet it; not for a behaviour that answers"
                                            + " before a connection is accepted",
                            minimum = "1",
                            maximum = "1000000")
                    @Nullable Integer times,
            @JsonProperty("for")
                    @Schema(description = "The time from its beginning to its end", example = "2s")
                    @Nullable String duration,
            @JsonDeserialize(using = BehaviourFormReader.class)
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable BehaviourForm behaviour) {

        Sequence.@Nullable Step toStep(String path, InvalidFields invalid) {
            Behaviour read = BehaviourForm.read(path + ".behaviour", behaviour, invalid);
            Duration time = invalid.read(path + ".for", duration, DurationText::parse);
            return read == null ? null : new Sequence.Step(read, times, time);
        }
    }

    static SequenceForm of(Sequence sequence) {
        List<@Nullable Step> steps = new ArrayList<>();
        for (Sequence.Step step : sequence.steps()) {
            Duration time = step.duration();
            steps.add(
                    new Step(
                            step.times(),
                            time == null ? null : DurationText.format(time),
                            BehaviourForm.of(step.behaviour())));
        }
        return new SequenceForm(steps);
    }

    @Override
    public @Nullable Behaviour toBehaviour(String path, InvalidFields invalid) {
        if (steps == null) {
            invalid.add(path + ".steps", null, "an array of steps is expected");
            return null;
        }
        if (steps.size() > Sequence.MOST_STEPS) {
            invalid.add(path + ".steps", steps.size(), "at most " + Sequence.MOST_STEPS + " steps");
            return null;
        }
        List<Sequence.Step> read = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String at = path + ".steps[" + i + "]";
            Step form = steps.get(i);
            Sequence.Step step = form == null ? null : form.toStep(at, invalid);
            if (form == null) {
                invalid.add(at, null, "an object is expected");
            } else if (step != null) {
                read.add(step);
            }
        }
        // With a step missing, what follows would complain about the wrong thing.
        return read.size() < steps.size() ? null : new Sequence(read);
    }

    @Override
    public BehaviourForm withoutSent() {
        List<@Nullable Step> hidden = new ArrayList<>();
        for (Step step : steps == null ? List.<@Nullable Step>of() : steps) {
            BehaviourForm each = step == null ? null : step.behaviour();
            hidden.add(
                    step == null || each == null
                            ? step
                            : new Step(step.times(), step.duration(), each.withoutSent()));
        }
        return new SequenceForm(hidden);
    }
}
