package dev.sonde.dialogue;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        Reader reader = new Reader();
        for (DialogueStep step : steps) {
            reader.read(step);
        }
        return new Script(reader.actions, steps);
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

    /// Takes steps apart, in order.
    private static final class Reader {

        private final List<Action> actions = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private int number;
        private int groups = -1;
        private boolean isTls;

        void read(DialogueStep step) {
            if (!actions.isEmpty() && actions.getLast() instanceof Action.End) {
                throw new InvalidDialogueException(number, "close", "only the last step can close");
            }
            number++;
            if (step.expect() != null) {
                expect(Patterns.compile("expect", step.expect()), step);
            }
            if (step.expectBytes() != null) {
                actions.add(new Action.ExpectBytes(number, step.expectBytes().bytes()));
            }
            if (step.delay() != null) {
                Duration jitter = step.jitter();
                actions.add(
                        new Action.Pause(
                                number,
                                new Delay(step.delay(), jitter == null ? Duration.ZERO : jitter)));
            }
            if (step.send() != null) {
                send(Template.of(step.send()));
            }
            if (step.startTls()) {
                startTls();
            }
            if (step.close() != null) {
                actions.add(new Action.End(number, step.close()));
            }
        }

        private void expect(Pattern pattern, DialogueStep step) {
            groups = pattern.groupCount();
            Map<String, Integer> named = pattern.namedGroups();
            names.addAll(named.keySet());
            if (names.size() > MOST_LABELS) {
                throw new InvalidDialogueException(
                        number,
                        "expect",
                        "a dialogue has at most " + MOST_LABELS + " named groups");
            }
            List<Action.Label> labels =
                    named.keySet().stream()
                            .sorted()
                            .map(name -> new Action.Label(name, Template.named(name)))
                            .toList();
            String reject = step.reject();
            actions.add(
                    new Action.Expect(
                            number,
                            pattern,
                            reject == null ? null : Patterns.compile("reject", reject),
                            Action.Reading.STREAM,
                            labels));
        }

        private void send(Template template) {
            for (Template.Part part : template.parts()) {
                switch (part) {
                    case Template.Part.Literal _ -> {}
                    case Template.Part.Numbered(int group) ->
                            require(group <= groups, String.valueOf(group));
                    case Template.Part.Named(String group) -> require(names.contains(group), group);
                }
            }
            actions.add(new Action.Send(number, template));
        }

        private void require(boolean isThere, String group) {
            if (!isThere) {
                throw new InvalidDialogueException(
                        number,
                        "send",
                        "${%s} is no group of an expect before it; base64 sends these characters"
                                        .formatted(group)
                                + " as they are");
            }
        }

        private void startTls() {
            if (isTls) {
                throw new InvalidDialogueException(number, "startTls", "TLS begins only once");
            }
            isTls = true;
            actions.add(new Action.StartTls(number));
        }
    }
}
