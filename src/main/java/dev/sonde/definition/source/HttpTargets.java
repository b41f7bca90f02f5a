package dev.sonde.definition.source;

import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.start.HiddenText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/// Targets that a server answers. One answer is bounded in bytes and time; redirects lead to the
/// same host only.
///
/// @param maxBytes of an answer
/// @param timeout of a whole reading
/// @param deadlines cancels a request whose time has passed
public record HttpTargets(
        Discovery.Http discovery,
        TargetGroups groups,
        ReceiverPolicy policy,
        long maxBytes,
        Duration timeout,
        ScheduledExecutorService deadlines)
        implements TargetFinder {

    private static final int OK = 200;
    private static final int MOST_REDIRECTS = 3;
    private static final String LIMIT = "sonde.definitions.max-size";

    /// An answer: the list, or the way to it.
    private sealed interface Answer {

        @SuppressWarnings("ArrayRecordComponent") // read once, never compared
        record Body(byte[] bytes) implements Answer {}

        record Redirect(URI to) implements Answer {}
    }

    @Override
    public List<Map<String, String>> find() throws SourceException {
        URI url = discovery.url();
        try (CloseableHttpClient client =
                HttpConnections.client(discovery.tls(), policy, timeout)) {
            for (int i = 0; i <= MOST_REDIRECTS; i++) {
                switch (ask(client, url)) {
                    case Answer.Body(byte[] bytes) -> {
                        return groups.json(bytes, Map.of("__meta_url", discovery.url().toString()));
                    }
                    case Answer.Redirect(URI to) -> url = to;
                }
            }
        } catch (IOException e) {
            throw new SourceException(shown(url) + sentence(e), e);
        }
        throw new SourceException(shown(url) + "more than 3 redirects");
    }

    private Answer ask(CloseableHttpClient client, URI url) throws SourceException, IOException {
        HttpGet request = request(url);
        ScheduledFuture<?> deadline =
                deadlines.schedule(request::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> answer(request, url, response));
        } catch (AnswerException e) {
            throw new SourceException(shown(url) + e.getMessage(), e);
        } catch (IOException e) {
            if (request.isCancelled()) {
                throw new SourceException(
                        shown(url)
                                + "no whole answer within %s (sonde.definitions.source-timeout)"
                                        .formatted(timeout),
                        e);
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    private HttpGet request(URI url) throws SourceException {
        HttpGet request = new HttpGet(url);
        request.setHeader("Accept", "application/json");
        Discovery.Authorization authorization = discovery.authorization();
        if (authorization != null) {
            request.setHeader("Authorization", value(authorization));
        }
        for (Map.Entry<String, List<HiddenText>> header : discovery.headers().entrySet()) {
            for (HiddenText each : header.getValue()) {
                request.addHeader(header.getKey(), SecretText.of(each));
            }
        }
        return request;
    }

    private static String value(Discovery.Authorization given) throws SourceException {
        String secret = SecretText.of(given.secret());
        if (given.user() == null) {
            return given.type() + " " + secret;
        }
        byte[] pair = (SecretText.of(given.user()) + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /// An answer that is not used. The message is a clause.
    private static final class AnswerException extends IOException {

        private static final long serialVersionUID = 1L;

        AnswerException(String message) {
            super(message);
        }
    }

    private Answer answer(HttpGet request, URI url, ClassicHttpResponse response)
            throws IOException {
        Header location = response.getFirstHeader("Location");
        if (response.getCode() / 100 == 3 && location != null) {
            return new Answer.Redirect(redirect(url, location.getValue()));
        }
        if (response.getCode() != OK) {
            throw new AnswerException(
                    "the answer has status %d, not 200".formatted(response.getCode()));
        }
        HttpEntity entity = response.getEntity();
        String type = entity == null ? null : entity.getContentType();
        if (entity == null || !isJson(type)) {
            throw new AnswerException(
                    "the answer is %s; application/json is expected"
                            .formatted(type == null ? "of no type" : type));
        }
        try (var in = entity.getContent()) {
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > maxBytes) {
                // Its end is not waited for.
                request.cancel();
                throw new AnswerException(
                        "the answer has more than %d bytes (%s)".formatted(maxBytes, LIMIT));
            }
            return new Answer.Body(bytes);
        }
    }

    private static boolean isJson(@Nullable String type) {
        ContentType parsed = ContentType.parseLenient(type);
        return parsed != null && "application/json".equalsIgnoreCase(parsed.getMimeType());
    }

    private static URI redirect(URI from, String location) throws AnswerException {
        try {
            URI to = from.resolve(location);
            if (Objects.equals(from.getScheme(), to.getScheme())
                    && Objects.equals(from.getHost(), to.getHost())
                    && from.getPort() == to.getPort()) {
                return to;
            }
        } catch (IllegalArgumentException _) {
            // It leads nowhere.
        }
        throw new AnswerException(
                "the answer redirects elsewhere; a redirect has to stay on the host and port");
    }

    private static String shown(URI url) {
        return "%s://%s: ".formatted(url.getScheme(), url.getRawAuthority());
    }

    private static String sentence(IOException cause) {
        return switch (cause) {
            case PolicyResolver.DeniedException denied -> String.valueOf(denied.getMessage());
            case UnknownHostException _ -> "the host has no address";
            case InterruptedIOException _ -> "the connection timed out";
            case javax.net.ssl.SSLException tls -> "the TLS handshake failed, " + tls.getMessage();
            default -> "no answer, " + cause.getMessage();
        };
    }
}
