package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.listen.spec.Behaviour;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The behaviour that follows a script, in requests and answers.
///
/// @param repeat a whole number or a truth value
@JsonTypeName("dialogue")
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DialogueBehaviour", description = "Follow the steps, then read and drop what comes")
record DialogueBehaviourForm(
        @Schema(description = "1 to 100", requiredMode = Schema.RequiredMode.REQUIRED)
                @Nullable List<@Nullable DialogueStepForm> steps,
        @Schema(
                        description =
                                "true: the steps begin anew after the last one, without end; a"
                                        + " number: so many rounds in all",
                        oneOf = {Boolean.class, Integer.class},
                        example = "true")
                @Nullable Object repeat)
        implements BehaviourForm {

    static DialogueBehaviourForm of(Behaviour.Dialogue dialogue) {
        Object repeat =
                switch (dialogue.rounds()) {
                    case 1 -> null;
                    case Behaviour.Dialogue.WITHOUT_END -> true;
                    default -> dialogue.rounds();
                };
        return new DialogueBehaviourForm(DialogueForm.forms(dialogue.steps()), repeat);
    }

    @Override
    public @Nullable Behaviour toBehaviour(String path, InvalidFields invalid) {
        Integer rounds = rounds(path + ".repeat", invalid);
        if (steps == null) {
            invalid.add(path + ".steps", null, "an array of steps is expected");
            return null;
        }
        List<DialogueStep> read = DialogueForm.read(path + ".steps", steps, invalid);
        return read == null || rounds == null ? null : new Behaviour.Dialogue(read, rounds);
    }

    private @Nullable Integer rounds(String path, InvalidFields invalid) {
        return switch (repeat) {
            case null -> 1;
            case Boolean isEndless -> isEndless ? Behaviour.Dialogue.WITHOUT_END : 1;
            case Integer rounds when rounds != Behaviour.Dialogue.WITHOUT_END -> rounds;
            default -> {
                invalid.add(path, null, "true, or the number of rounds, is expected");
                yield null;
            }
        };
    }

    @Override
    public BehaviourForm withoutSent() {
        return new DialogueBehaviourForm(DialogueForm.withoutSent(steps), repeat);
    }
}
