package dev.sonde.attempt;

import dev.sonde.dialogue.ByteText;
import dev.sonde.dialogue.Exchange;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.DialogueReport.Mismatch;
import dev.sonde.probe.FailureReason;
import org.jspecify.annotations.Nullable;

/// How a dialogue fails, in words. Of what was sent nothing is told: it may be a secret.
final class Talked {

    private Talked() {}

    static FailureReason reason(Exchange.Fault fault, Exchange exchange) {
        return switch (fault) {
            case REJECTED -> FailureReason.REJECTED_ANSWER;
            case OTHER_BYTES, NO_ROOM -> FailureReason.UNEXPECTED_ANSWER;
            case ENDED ->
                    exchange.isAnswered()
                            ? FailureReason.UNEXPECTED_ANSWER
                            : FailureReason.CLOSED_BY_PEER;
        };
    }

    static String detail(Exchange.Fault fault, Exchange exchange) {
        String seen = ByteText.of(exchange.seen());
        return switch (fault) {
            case REJECTED -> "the answer is one that is rejected: " + seen;
            case OTHER_BYTES -> "other bytes came than were expected: " + seen;
            case NO_ROOM ->
                    "%d bytes came, and what was expected is not among them; they begin with %s"
                            .formatted(exchange.seen().length, seen);
            case ENDED ->
                    exchange.isAnswered()
                            ? "the peer closed the connection (FIN) after another answer than was"
                                    + " expected: "
                                    + seen
                            : "the peer closed the connection (FIN) without an answer";
        };
    }

    /// As blackbox_exporter counts it: what did not come in time, or was too much, is no mismatch.
    static @Nullable Mismatch mismatch(Exchange.Fault fault, Exchange exchange) {
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

    static FailureReason lateReason(Exchange exchange) {
        return exchange.isAnswered() ? FailureReason.UNEXPECTED_ANSWER : FailureReason.TIMED_OUT;
    }

    static String late(Exchange exchange) {
        return exchange.isAnswered()
                ? "what was expected did not come in time; what came: "
                        + ByteText.of(exchange.seen())
                : "nothing came in time";
    }

    /// A handshake meets the rest of an answer that was not taken whole.
    static String untaken(int bytes) {
        return bytes == 0
                ? ""
                : "; %d bytes that no step had taken came before the handshake".formatted(bytes);
    }

    static String unsent(int bytes) {
        return "the peer took too little in time: " + bytes + " bytes were left to be sent";
    }

    static String reset(Errno errno, Exchange exchange) {
        return errno
                + ": the peer aborted the connection (RST)"
                + (exchange.isAnswered() ? " after " + ByteText.of(exchange.seen()) : "");
    }

    static String gaveUp(Errno errno) {
        return errno + ": nothing acknowledged what was sent, and our kernel gave up";
    }
}
