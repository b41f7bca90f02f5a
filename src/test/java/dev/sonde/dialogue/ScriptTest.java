package dev.sonde.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Dialogues that cannot be.
class ScriptTest {

    @ParameterizedTest
    @ValueSource(strings = {"(a", "", "((a{90}){90}){90}", "(?=a)"})
    void stepIsRefusedWhenItsPatternCannotBe(String pattern) {
        assertThatThrownBy(() -> DialogueStep.expect(pattern))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidDialogueException.class))
                .extracting(InvalidDialogueException::field)
                .isEqualTo("expect");
        assertThatThrownBy(() -> DialogueStep.expect("a").rejecting(pattern))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidDialogueException.class))
                .extracting(InvalidDialogueException::field)
                .isEqualTo("reject");
    }

    @Test
    void stepIsRefusedWhenItIsEmptyOrContradictsItself() {
        Payload bytes = Payload.text("a");
        assertThatThrownBy(() -> new DialogueStep(null, null, null, null, null, false, null))
                .hasMessageStartingWith("one of expect");
        assertThatThrownBy(() -> new DialogueStep("a", bytes, null, null, null, false, null))
                .hasMessageContaining("either expect or expectBytes");
        assertThatThrownBy(() -> DialogueStep.send("a").rejecting("b"))
                .hasMessageContaining("beside an expect");
        assertThatThrownBy(
                        () ->
                                new DialogueStep(
                                        null, null, null, null, null, true, DialogueStep.Close.FIN))
                .hasMessageContaining("either startTls or close");
        assertThatThrownBy(() -> DialogueStep.delay(Duration.ofDays(31)))
                .hasMessage("a duration from 0s to 30d");
    }

    @ParameterizedTest
    @CsvSource({"${1}, 1", "${2}, 2", "${who}, who", "${99999999999}, 99999999999"})
    void dialogueIsRefusedWhenASendRefersToNoGroup(String send, String group) {
        List<DialogueStep> steps =
                List.of(
                        DialogueStep.send("hello"),
                        group.equals("2") ? DialogueStep.expect("(a)") : DialogueStep.expect("a"),
                        DialogueStep.send(send));
        assertThatThrownBy(() -> Script.of(steps))
                .hasMessageStartingWith("${" + group + "} is no group")
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidDialogueException.class))
                .extracting(e -> e.under("steps"))
                .isEqualTo("steps[2].send");
    }

    @Test
    void dialogueIsRefusedWhenItHasTooManyStepsOrNone() {
        List<DialogueStep> many = Collections.nCopies(101, DialogueStep.send("a"));
        assertThatThrownBy(() -> Script.of(many)).hasMessage("1 to 100 steps, not 101");
        assertThatThrownBy(() -> Script.of(List.of())).hasMessage("1 to 100 steps, not 0");
        assertThat(Script.of(many.subList(0, 100)).size()).isEqualTo(100);
    }

    @Test
    void dialogueIsRefusedWhenSomethingFollowsItsEndOrTlsBeginsTwice() {
        assertThatThrownBy(
                        () ->
                                Script.of(
                                        List.of(
                                                DialogueStep.close(DialogueStep.Close.FIN),
                                                DialogueStep.send("x"))))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidDialogueException.class))
                .extracting(e -> e.under("steps"))
                .isEqualTo("steps[0].close");
        assertThatThrownBy(() -> Script.of(List.of(DialogueStep.tls(), DialogueStep.tls())))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidDialogueException.class))
                .extracting(e -> e.under("steps"))
                .isEqualTo("steps[1].startTls");
    }

    @Test
    void dialogueIsRefusedWhenItsGroupsHaveTooManyNames() {
        List<DialogueStep> steps =
                IntStream.rangeClosed(0, Script.MOST_LABELS)
                        .mapToObj(i -> DialogueStep.expect("(?P<n" + i + ">a)"))
                        .toList();
        assertThatThrownBy(() -> Script.of(steps))
                .hasMessage("a dialogue has at most 30 named groups");
    }

    @Test
    void scriptShowsNothingOfWhatIsSentWhenItIsPrinted() {
        assertThat(Script.of(List.of(DialogueStep.send("secret"))).toString())
                .isEqualTo("Script of 1 steps");
    }
}
