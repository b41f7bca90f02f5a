package dev.sonde.dialogue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A valid dialogue: its actions in order. Immutable, safe for any thread, shared by all its runs.
///
/// @param steps what it was made of; empty where that was another form than steps
public record Script(List<Action> actions, List<DialogueStep> steps) {

    public static final int MOST_STEPS = 100;

    /// The most names that the groups of a dialogue may have.
    public static final int MOST_LABELS = 30;

    /// Steps that an outline names.
    private static final int MOST_OUTLINED = 32;

    public Script {
        actions = List.copyOf(actions);
        steps = List.copyOf(steps);
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a dialogue does something");
        }
    }

    /// The script of these steps.
    ///
    /// @throws InvalidDialogueException where they cannot be followed, with the step's number
    public static Script of(List<DialogueStep> steps) {
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new InvalidDialogueException(
                    "", "1 to " + MOST_STEPS + " steps, not " + steps.size());
        }
        ScriptReader reader = new ScriptReader();
        for (DialogueStep step : steps) {
            reader.read(step);
        }
        return new Script(reader.actions(), steps);
    }

    /// Whether TLS begins in the middle of it.
    public boolean startsTls() {
        return actions.stream().anyMatch(Action.StartTls.class::isInstance);
    }

    /// The sum of its pauses, which is its shortest time.
    public Duration pauses() {
        Duration whole = Duration.ZERO;
        for (Action action : actions) {
            if (action instanceof Action.Pause pause) {
                whole = whole.plus(pause.length().least());
            }
        }
        return whole;
    }

    /// How many steps it has.
    public int size() {
        return actions.getLast().step();
    }

    /// The first [#MOST_OUTLINED] steps in words, without anything that is sent.
    public List<String> outline() {
        List<String> words = new ArrayList<>();
        for (Action action : actions) {
            if (action.step() > MOST_OUTLINED) {
                break;
            }
            if (action.step() > words.size()) {
                words.add(word(action));
            } else {
                words.set(action.step() - 1, words.getLast() + ", " + word(action));
            }
        }
        return words;
    }

    private static String word(Action action) {
        return switch (action) {
            case Action.Expect expect ->
                    "expect "
                            + ByteText.of(
                                    expect.pattern().pattern().getBytes(StandardCharsets.UTF_8));
            case Action.ExpectBytes expect ->
                    "expect %d bytes".formatted(expect.bytes().remaining());
            case Action.Pause _ -> "wait";
            case Action.Send _, Action.SendLine _ -> "send";
            case Action.StartTls _ -> "start TLS";
            case Action.End _ -> "close";
        };
    }

    @Override
    public String toString() {
        return "Script of " + size() + " steps"; // what is sent may be a secret
    }
}
