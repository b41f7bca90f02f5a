package dev.sonde.dialogue;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the steps of one script apart, in order. Single use, not thread-safe.
final class ScriptReader {

    private final List<Action> actions = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int number;
    private int groups = -1;
    private boolean isTls;

    /// The actions of the steps so far.
    List<Action> actions() {
        return actions;
    }

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
        if (names.size() > Script.MOST_LABELS) {
            throw new InvalidDialogueException(
                    number,
                    "expect",
                    "a dialogue has at most " + Script.MOST_LABELS + " named groups");
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
