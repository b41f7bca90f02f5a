package dev.sonde.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The machine, over bytes alone.
class ExchangeTest {

    private static final int ROOM = 100;

    @Test
    void stepsAreTakenInOrderWhenEachIsMet() {
        Exchange exchange =
                exchange(
                        DialogueStep.send("HELLO"),
                        DialogueStep.delay(Duration.ofMillis(5)),
                        DialogueStep.tls(),
                        DialogueStep.close(DialogueStep.Close.RST));
        assertThat(sent(exchange.proceed())).isEqualTo("HELLO");
        assertThat(exchange.step()).isEqualTo(1);
        assertThat(exchange.proceed()).isEqualTo(new DialogueNeed.Pause(Duration.ofMillis(5)));
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Tls.class);
        assertThat(exchange.proceed()).isEqualTo(new DialogueNeed.Close(DialogueStep.Close.RST));
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
        assertThat(exchange.step()).isEqualTo(4);
    }

    @Test
    void patternIsFoundWhenItComesByteByByteOverSeveralLines() {
        Exchange exchange = exchange(DialogueStep.expect("(?s)^220-.*\n220 (\\w+)\r\n"));
        String answer = "220-wäit\r\n220-still\r\n220 ready\r\n";
        for (byte each : answer.getBytes(UTF_8)) {
            assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
            exchange.take(ByteBuffer.wrap(new byte[] {each}));
        }
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
    }

    @Test
    void patternIsFoundWhenNoLineEnds() {
        Exchange exchange = exchange(DialogueStep.expect("login: $"), DialogueStep.send("me"));
        take(exchange, "Welcome. login: ");
        assertThat(sent(exchange.proceed())).isEqualTo("me");
    }

    @Test
    void nextStepSeesWhatFollowsTheMatchWhenAllCameTogether() {
        Exchange exchange =
                exchange(
                        DialogueStep.expect("^a+"),
                        DialogueStep.expectBytes(Payload.text("bb")),
                        DialogueStep.expect("^c"));
        take(exchange, "aaabbc");
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
        assertThat(exchange.rest().remaining()).isZero();
    }

    @Test
    void exchangeFailsWhenTheBufferIsFullWithoutAMatch() {
        Exchange exchange = exchange(DialogueStep.expect("never"));
        take(exchange, "x".repeat(ROOM - 1));
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
        assertThat(exchange.room()).isOne();
        take(exchange, "x");
        assertThat(exchange.proceed()).isEqualTo(failed(DialogueFault.NO_ROOM));
    }

    /// Else a peer that sends byte by byte could make us look through all of it for each of them.
    @Test
    void muchIsNotLookedThroughAgainForEveryByteMore() {
        Script script = Script.of(List.of(DialogueStep.expect("end")));
        Exchange exchange = new Exchange(script, 65_536);
        take(exchange, "-".repeat(20_000));
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
        assertThat(exchange.isUntried()).isFalse();
        take(exchange, "end");
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
        assertThat(exchange.isUntried()).isTrue();
        exchange.lookAgain();
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
    }

    @Test
    void muchIsLookedThroughAgainWhenMuchMoreCameOrNoMoreComes() {
        Script script = Script.of(List.of(DialogueStep.expect("end")));
        Exchange growing = new Exchange(script, 65_536);
        Exchange ended = new Exchange(script, 65_536);
        for (Exchange each : List.of(growing, ended)) {
            take(each, "-".repeat(20_000));
            assertThat(each.proceed()).isInstanceOf(DialogueNeed.Input.class);
        }
        take(growing, "-".repeat(2_000) + "end");
        assertThat(growing.proceed()).isInstanceOf(DialogueNeed.Done.class);
        take(ended, "end");
        ended.end();
        assertThat(ended.proceed()).isInstanceOf(DialogueNeed.Done.class);
    }

    @Test
    void expectedBytesMayBeMoreThanThereIsRoomFor() {
        Payload much = Payload.text("0123456789".repeat(20));
        Exchange exchange = exchange(DialogueStep.expectBytes(much));
        for (int i = 0; i < 20; i++) {
            assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
            take(exchange, "0123456789");
        }
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
    }

    @Test
    void exchangeFailsAtTheFirstByteThatDiffersWhenBytesAreExpected() {
        Exchange exchange = exchange(DialogueStep.expectBytes(new Payload("AAEC", true)));
        exchange.take(ByteBuffer.wrap(new byte[] {0, 7}));
        assertThat(exchange.proceed()).isEqualTo(failed(DialogueFault.OTHER_BYTES));
    }

    @Test
    void rejectWinsWhenBothPatternsAreThere() {
        Exchange exchange =
                exchange(
                        DialogueStep.send("QUIT"),
                        DialogueStep.expect("(?m)^2..").rejecting("(?m)^5.."));
        exchange.proceed();
        take(exchange, "250 ok\r\n550 no\r\n");
        assertThat(exchange.proceed()).isEqualTo(failed(DialogueFault.REJECTED));
        assertThat(exchange.step()).isEqualTo(2);
        assertThat(new String(exchange.seen(), UTF_8)).isEqualTo("250 ok\r\n550 no\r\n");
    }

    @Test
    void exchangeFailsWhenThePeerEndsBeforeItsAnswer() {
        Exchange exchange = exchange(DialogueStep.expect("^220"));
        exchange.end();
        assertThat(exchange.proceed()).isEqualTo(failed(DialogueFault.ENDED));
    }

    @Test
    void whatCameIsUsedWhenThePeerHasEndedMeanwhile() {
        Exchange exchange = exchange(DialogueStep.expect("^220"), DialogueStep.expect("bye"));
        take(exchange, "220 bye");
        exchange.end();
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
    }

    @Test
    void groupsAreSentAndNotedWhenTheyWereFound() {
        Exchange exchange =
                exchange(
                        DialogueStep.expect("^(\\S+) (?P<nonce>\\w+) (x)?"),
                        DialogueStep.send("a ${1} $1 $$ ${3}|${0}"),
                        DialogueStep.expect("(ö+)"),
                        DialogueStep.send("${nonce} ${1}"));
        take(exchange, "häl n0nce ");
        assertThat(sent(exchange.proceed())).isEqualTo("a häl $1 $$ |häl n0nce ");
        assertThat(exchange.labels()).containsExactly(Map.entry("nonce", "n0nce"));
        take(exchange, "abcööd");
        assertThat(sent(exchange.proceed())).isEqualTo("n0nce öö");
    }

    @Test
    void groupIsSentByteByByteWhenItIsNoText() {
        Exchange exchange = exchange(DialogueStep.expect("^a(.+)b"), DialogueStep.send("${1}"));
        exchange.take(ByteBuffer.wrap(new byte[] {'a', (byte) 0xFF, (byte) 0x80, 'b'}));
        ByteBuffer data = ((DialogueNeed.Send) exchange.proceed()).data();
        assertThat(data).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0x80}));
    }

    @Test
    void base64IsSentAsItIsWhenItLooksLikeAReference() {
        Exchange exchange =
                new Exchange(
                        Script.of(
                                List.of(
                                        new DialogueStep(
                                                null,
                                                null,
                                                null,
                                                null,
                                                new Payload("JHsxfQ==", true),
                                                false,
                                                null))),
                        ROOM);
        assertThat(sent(exchange.proceed())).isEqualTo("${1}");
    }

    /// As a line reader of Go has it.
    @ParameterizedTest
    @CsvSource({
        "'220 go\r\n', 220 go",
        "'hello\n220 go\n', 220 go",
        "'220 go', 220 go",
        "'220 go\r', 220 go",
        "'\n\n220 go\nrest', 220 go"
    })
    void patternIsFoundInOneLineWhenLinesAreRead(String answer, String line) {
        Exchange exchange = lines("^220 (\\w+)$", null);
        take(exchange, answer);
        exchange.end();
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
        assertThat(exchange.labels()).containsEntry("line", line);
    }

    @Test
    void lineIsNotTriedBeforeItsEndWhenLinesAreRead() {
        Exchange exchange = lines("^220", null);
        take(exchange, "220 go");
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
        take(exchange, "\n");
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
    }

    @Test
    void moreThanTheRoomIsReadWhenItIsInLines() {
        Exchange exchange = lines("^220", null);
        for (int i = 0; i < 10; i++) {
            take(exchange, "-".repeat(50) + "\n");
            assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
        }
        take(exchange, "-".repeat(ROOM));
        assertThat(exchange.proceed()).isEqualTo(failed(DialogueFault.NO_ROOM));
    }

    /// What was used up makes place again, wherever in the buffer it stood.
    @Test
    void nothingIsLostWhenShortLinesAndPiecesOfLinesFollowEachOther() {
        Exchange exchange = lines("^end(.*)$", null);
        for (int i = 0; i < 200; i++) {
            take(exchange, "\n" + i + "\n\n" + "x".repeat(i % 40));
            assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
            take(exchange, "\nen");
            assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
            assertThat(exchange.room()).isEqualTo(ROOM - 2);
            take(exchange, "\n");
            assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Input.class);
            assertThat(exchange.room()).isEqualTo(ROOM);
        }
        take(exchange, "end" + "y".repeat(ROOM - 4) + "\n");
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Done.class);
        assertThat(exchange.labels().get("line")).hasSize(ROOM - 1);
    }

    @Test
    void lineIsRejectedWhenItComesBeforeTheOneThatIsExpected() {
        Exchange exchange = lines("^220", "^5");
        take(exchange, "550 no\n220 go\n");
        assertThat(exchange.proceed()).isEqualTo(failed(DialogueFault.REJECTED));
    }

    @Test
    void newlineIsAddedToALineButNotToNothing() {
        Template group = new Template(List.of(new Template.Part.Numbered(1)));
        List<Action> actions =
                List.of(
                        new Action.Expect(
                                1,
                                Pattern.compile("^go(x*)"),
                                null,
                                Action.Reading.LINES,
                                List.of()),
                        new Action.SendLine(1, group));
        for (String answer : List.of("go", "gox")) {
            Exchange exchange = new Exchange(new Script(actions, List.of()), ROOM);
            take(exchange, answer + "\n");
            DialogueNeed need = exchange.proceed();
            if (answer.equals("go")) {
                assertThat(need).isInstanceOf(DialogueNeed.Done.class);
            } else {
                assertThat(sent(need)).isEqualTo("x\n");
            }
        }
    }

    @Test
    void restIsHandedOnWhenTlsBegins() {
        Exchange exchange = exchange(DialogueStep.expect("^go\n"), DialogueStep.tls());
        take(exchange, "go\nabc");
        assertThat(exchange.proceed()).isInstanceOf(DialogueNeed.Tls.class);
        assertThat(exchange.rest()).isEqualTo(ByteBuffer.wrap("abc".getBytes(UTF_8)));
        assertThat(exchange.room()).isEqualTo(ROOM);
    }

    private static Exchange exchange(DialogueStep... steps) {
        return new Exchange(Script.of(List.of(steps)), ROOM);
    }

    private static Exchange lines(String expect, @Nullable String reject) {
        Template whole = new Template(List.of(new Template.Part.Numbered(0)));
        Action action =
                new Action.Expect(
                        1,
                        Pattern.compile(expect),
                        reject == null ? null : Pattern.compile(reject),
                        Action.Reading.LINES,
                        List.of(new Action.Label("line", whole)));
        return new Exchange(new Script(List.of(action), List.of()), ROOM);
    }

    private static void take(Exchange exchange, String text) {
        exchange.take(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static String sent(DialogueNeed need) {
        return UTF_8.decode(((DialogueNeed.Send) need).data()).toString();
    }

    private static DialogueNeed failed(DialogueFault fault) {
        return new DialogueNeed.Failed(fault);
    }
}
