package dev.sonde.attempt.step;

import dev.sonde.dialogue.ByteText;
import dev.sonde.dialogue.DialogueFault;
import dev.sonde.dialogue.Exchange;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.DialogueReport.Mismatch;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import org.jspecify.annotations.Nullable;

/// How a dialogue fails, in words that name its step. Sent bytes are never shown, because they may
/// be a secret. Confined to its loop's thread.
final class DialogueOutcomes {

    private final Exchange exchange;

    DialogueOutcomes(Exchange exchange) {
        this.exchange = exchange;
    }

    Outcome failed(FailureReason reason, String detail) {
        return new Outcome.Failed(reason, Phase.DIALOGUE, numbered(detail));
    }

    Outcome failed(DialogueFault fault) {
        String seen = ByteText.of(exchange.seen());
        return switch (fault) {
            case REJECTED ->
                    failed(
                            FailureReason.REJECTED_ANSWER,
                            "the answer is one that is rejected: " + seen);
            case OTHER_BYTES ->
                    failed(
                            FailureReason.UNEXPECTED_ANSWER,
                            "other bytes came than were expected: " + seen);
            case NO_ROOM ->
                    failed(
                            FailureReason.UNEXPECTED_ANSWER,
                            "%d bytes came, and what was expected is not among them; they begin with %s"
                                    .formatted(exchange.seen().length, seen));
            case ENDED -> ended(seen);
        };
    }

    private Outcome ended(String seen) {
        String what = "the peer closed the connection (FIN) ";
        return exchange.isAnswered()
                ? failed(
                        FailureReason.UNEXPECTED_ANSWER,
                        what + "after another answer than was expected: " + seen)
                : failed(FailureReason.CLOSED_BY_PEER, what + "without an answer");
    }

    /// A mismatch as blackbox_exporter counts it: a late or too long answer is none.
    @Nullable Mismatch mismatch(DialogueFault fault) {
        return switch (fault) {
            case REJECTED -> Mismatch.PATTERN;
            case OTHER_BYTES -> Mismatch.BYTES;
            case NO_ROOM -> null;
            case ENDED -> {
                Mismatch bytes = exchange.isAnswered() ? Mismatch.BYTES : null;
                yield exchange.expectsBytes() ? bytes : Mismatch.PATTERN;
            }
        };
    }

    /// The timeout ended while an answer was expected.
    ///
    /// @param more what is known of what was sent, as the end of a sentence
    Outcome late(String more) {
        return exchange.isAnswered()
                ? failed(
                        FailureReason.UNEXPECTED_ANSWER,
                        "what was expected did not come in time; what came: "
                                + ByteText.of(exchange.seen()))
                : failed(FailureReason.TIMED_OUT, "nothing came in time" + more);
    }

    /// The timeout ended before all bytes were sent.
    Outcome untaken(int bytes) {
        return failed(
                FailureReason.TIMED_OUT,
                "the peer took too little in time: " + bytes + " bytes were left to be sent");
    }

    Outcome reset(Errno errno) {
        return failed(
                FailureReason.RESET,
                errno
                        + ": the peer aborted the connection (RST)"
                        + (exchange.isAnswered() ? " after " + ByteText.of(exchange.seen()) : ""));
    }

    Outcome gaveUp(Errno errno) {
        return failed(
                FailureReason.TIMED_OUT,
                errno + ": nothing acknowledged what was sent, and our kernel gave up");
    }

    /// The end of a TLS handshake that a step began.
    ///
    /// @param untakenBytes bytes received before the handshake that no step had consumed
    Outcome amended(Outcome outcome, int untakenBytes) {
        String more =
                untakenBytes == 0
                        ? ""
                        : "; %d bytes that no step had taken came before the handshake"
                                .formatted(untakenBytes);
        return switch (outcome) {
            case Outcome.Failed(FailureReason reason, Phase phase, String detail) ->
                    new Outcome.Failed(reason, phase, numbered(detail + more));
            case Outcome.NotProbed(NotProbedReason reason, Phase phase, String detail) ->
                    new Outcome.NotProbed(reason, phase, numbered(detail));
            case Outcome.Succeeded succeeded -> succeeded;
        };
    }

    private String numbered(String detail) {
        return "step " + exchange.step() + ": " + detail;
    }
}
