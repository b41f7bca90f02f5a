package dev.sonde.notification.send;

import dev.sonde.definition.source.Discovery;
import dev.sonde.definition.source.HttpConnections;
import dev.sonde.definition.source.PolicyResolver;
import dev.sonde.definition.source.SourceException;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.start.HiddenText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/// Posts JSON to a receiver. The policy judges the address, redirects are not followed, the
/// answer's body is not read. Safe for any thread.
///
/// @param timeout of a whole request
/// @param deadlines cancels a request whose time has passed
record HttpSender(
        ReceiverPolicy policy, Duration timeout, ScheduledExecutorService deadlines, Clock clock) {

    /// Answers that the same content gets again.
    private static final Set<Integer> REFUSALS = Set.of(400, 405, 413, 414, 415, 422, 431);

    private static final Duration LONGEST_WISH = Duration.ofHours(24);

    /// @param headers beside those of the channel
    Reply post(URI url, byte[] json, Map<String, String> headers, Channel.Request given) {
        HttpPost request = new HttpPost(url);
        try {
            RequestHeaders.add(request, given);
            headers.forEach(request::setHeader);
            request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
            return send(url, request, given);
        } catch (SourceException e) {
            return unavailable(url, "ca-file: certificates cannot be used");
        } catch (IOException e) {
            return unavailable(url, request.isCancelled() ? late() : clause(e));
        }
    }

    private Reply send(URI url, HttpPost request, Channel.Request given)
            throws IOException, SourceException {
        Discovery.Tls tls =
                given.authorities() == null
                        ? null
                        : new Discovery.Tls(
                                new HiddenText.InFile(given.authorities()),
                                null,
                                null,
                                null,
                                false);
        ScheduledFuture<?> deadline =
                deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        // The answer's body may have no end: it is closed unread.
        try (CloseableHttpClient client = HttpConnections.client(tls, policy, timeout);
                ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            return reply(url, response);
        } finally {
            deadline.cancel(false);
        }
    }

    private Reply reply(URI url, ClassicHttpResponse response) {
        int status = response.getCode();
        if (status / 100 == 2) {
            return new Reply.Accepted();
        }
        String error =
                shown(url)
                        + (status / 100 == 3
                                        ? "the answer has status %d; redirects are not followed"
                                        : "the answer has status %d")
                                .formatted(status);
        return REFUSALS.contains(status)
                ? new Reply.Refused(error)
                : new Reply.Unavailable(error, wish(response.getFirstHeader("Retry-After")));
    }

    /// The pause that `Retry-After` asks for, in seconds or as a date.
    private @Nullable Duration wish(@Nullable Header header) {
        if (header == null) {
            return null;
        }
        String text = header.getValue().strip();
        try {
            Duration wish =
                    text.chars().allMatch(Character::isDigit)
                            ? Duration.ofSeconds(Long.parseLong(text))
                            : Duration.between(clock.instant(), date(text));
            return wish.isNegative() ? null : min(wish);
        } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    private static Duration min(Duration wish) {
        return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    }

    private static Instant date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private String late() {
        return "no answer within %d ms (sonde.notifications.timeout)".formatted(timeout.toMillis());
    }

    private static Reply unavailable(URI url, String clause) {
        return new Reply.Unavailable(shown(url) + clause);
    }

    /// A path may be a secret, and so may user information.
    static String shown(URI url) {
        return "%s://%s: ".formatted(url.getScheme(), url.getHost());
    }

    private String clause(IOException cause) {
        return switch (cause) {
            case PolicyResolver.DeniedException denied -> String.valueOf(denied.getMessage());
            case UnknownHostException _ -> "the host has no address";
            case InterruptedIOException _ -> late();
            case SSLException tls -> "the TLS handshake failed, " + tls.getMessage();
            case ConnectException _ -> "the connect failed";
            default -> "no answer, " + cause.getClass().getSimpleName();
        };
    }
}
