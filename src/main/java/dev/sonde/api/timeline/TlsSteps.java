package dev.sonde.api.timeline;

import static dev.sonde.api.timeline.Party.CLIENT;
import static dev.sonde.api.timeline.Party.PEER;

import dev.sonde.api.timeline.DiagramStep.Fate;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The messages of TLS between the prober and its peer. They follow from the version, the
/// certificates and the order (RFC 5246 section 7.3, RFC 8446 section 2). For one thread.
final class TlsSteps {

    /// The size of a record `change_cipher_spec`.
    private static final Integer CHANGE_BYTES = 6;

    private static final Pattern ALERT = Pattern.compile("with the alert (\\w+)");

    private final Outcome outcome;
    private final HandshakeText text;
    private final StepList steps;
    private final int serverFlights;
    private int sent;
    private int received;
    private @Nullable Kind last;
    private boolean isInside;

    TlsSteps(AttemptResult attempt, StepList steps) {
        this.outcome = attempt.outcome();
        this.steps = steps;
        this.serverFlights = serverFlights(attempt.timeline());
        this.text = new HandshakeText(attempt);
    }

    /// How often the peer spoke: what comes in pieces without a word of ours between is one flight.
    private static int serverFlights(List<TimelineEvent> timeline) {
        int flights = 0;
        boolean isInFlight = false;
        for (TimelineEvent event : timeline) {
            if (event.kind() == Kind.HANDSHAKE_RECEIVED && !isInFlight) {
                flights++;
                isInFlight = true;
            } else if (event.kind() == Kind.HANDSHAKE_SENT && !isEmpty(event)) {
                isInFlight = false;
            }
        }
        return flights;
    }

    /// A record that only changes the cipher has no message: TLS 1.3 sends it for old middleboxes.
    private static boolean isEmpty(TimelineEvent event) {
        return Objects.equals(event.count(), CHANGE_BYTES);
    }

    /// The words behind a number of payload bytes.
    String inside() {
        return isInside ? " inside TLS" : "";
    }

    void add(TimelineEvent event) {
        long at = event.atMicros();
        if (event.kind() == Kind.HANDSHAKE_SENT && isEmpty(event)) {
            return;
        }
        switch (event.kind()) {
            case HANDSHAKE_SENT -> {
                if (last != Kind.HANDSHAKE_SENT) {
                    sent++;
                    steps.at(at, CLIENT, PEER, sent == 1 ? text.hello() : text.finished(event));
                }
            }
            case HANDSHAKE_RECEIVED -> {
                if (last != Kind.HANDSHAKE_RECEIVED) {
                    received++;
                    flight(at);
                }
            }
            case TLS_ESTABLISHED -> {
                inferred();
                isInside = true;
                steps.at(at, CLIENT, CLIENT, "TLS established" + text.version());
            }
            case CLOSE_NOTIFY -> steps.at(at, CLIENT, PEER, "close_notify");
            default -> failed(at);
        }
        last = event.kind();
    }

    /// Results of an earlier version do not have the messages.
    private void inferred() {
        if (sent == 0) {
            steps.inferred(CLIENT, PEER, text.hello());
            steps.inferred(PEER, CLIENT, "ServerHello, " + text.certificate() + ", Finished");
            steps.inferred(CLIENT, PEER, "Finished");
        }
    }

    private void flight(long at) {
        boolean isLast = received == serverFlights;
        if (text.protocol() == null) {
            Matcher alert = ALERT.matcher(String.valueOf(outcome.detail()));
            boolean isAlert = isAlert() && isLast && alert.find();
            steps.add(
                    new DiagramStep<>(
                            at,
                            PEER,
                            CLIENT,
                            isAlert
                                    ? "alert " + alert.group(1)
                                    : "an answer that is no ServerHello",
                            Fate.HARMS));
        } else if (text.isOld() ? received == 1 : isLast) {
            String asks = text.isClientAsked() ? ", CertificateRequest" : "";
            String label = "ServerHello" + asks + ", " + text.certificate() + text.end();
            Fate fate = text.fault() == null ? Fate.ARRIVES : Fate.HARMS;
            steps.add(new DiagramStep<>(at, PEER, CLIENT, label, fate));
        } else {
            steps.at(at, PEER, CLIENT, received == 1 ? "HelloRetryRequest" : "Finished");
        }
    }

    private boolean isAlert() {
        return outcome instanceof Outcome.Failed(FailureReason reason, _, _)
                && reason == FailureReason.TLS_ALERT;
    }

    private void failed(long at) {
        if (text.fault() == null) {
            steps.badAt(at, CLIENT, CLIENT, "TLS failed");
        } else {
            steps.badAt(at, CLIENT, PEER, "fatal alert: the certificate is refused");
        }
    }
}
