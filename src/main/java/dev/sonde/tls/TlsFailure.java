package dev.sonde.tls;

import dev.sonde.probe.finding.FailureReason;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The reason why a TLS handshake failed, or the connection after it.
///
/// @param alert the peer's, by its name in RFC 8446 section 6; absent where it sent none
public record TlsFailure(FailureReason reason, String detail, @Nullable String alert) {

    /// The JDK puts the name of a cause's class into some of its messages.
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z][\\w$]*\\.){2,}[A-Z][\\w$]*:? ?");

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    private static final String CLOSED =
            "the peer closed the connection in the middle of the TLS handshake";

    /// The meaning of an exception of the channel or of the engine.
    ///
    /// @param isEstablished whether the handshake had ended
    /// @param isEnded whether the peer has ended its direction
    static TlsFailure of(IOException cause, boolean isEstablished, boolean isEnded) {
        String message = CLASS_NAME.matcher(String.valueOf(cause.getMessage())).replaceAll("");
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return new TlsFailure(
                    FailureReason.TLS_ALERT,
                    "the peer refused with the alert " + alert.group(1),
                    alert.group(1));
        }
        return isEstablished
                ? new TlsFailure(
                        FailureReason.TLS_PROTOCOL_ERROR,
                        "the peer broke the rules of TLS after the handshake: " + message,
                        null)
                : new TlsFailure(
                        FailureReason.TLS_HANDSHAKE_FAILED,
                        handshakeDetail(cause, message, isEnded),
                        null);
    }

    private static String handshakeDetail(IOException cause, String message, boolean isEnded) {
        return switch (cause) {
            case ClosedChannelException _ -> CLOSED;
            case SSLException _ when isEnded -> CLOSED;
            case SSLException _ when message.contains("nrecognized SSL message") ->
                    "the peer does not speak TLS";
            case SSLException _ -> "the TLS handshake failed: " + message;
            default -> "the connection broke: " + message;
        };
    }
}
