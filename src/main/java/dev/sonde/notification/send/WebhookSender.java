package dev.sonde.notification.send;

import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageValues;
import dev.sonde.notification.message.ServiceFacts;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.start.HiddenText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Sends messages to webhooks. Safe for any thread.
final class WebhookSender {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpSender http;
    private final Supplier<ServiceFacts> service;

    WebhookSender(HttpSender http, Supplier<ServiceFacts> service) {
        this.http = http;
        this.service = service;
    }

    Reply send(Channel.Webhook webhook, Message message) {
        Instant now = http.clock().instant();
        try {
            URI url = URI.create(webhook.url().read());
            byte[] body = body(webhook, new MessageValues(message, service.get(), now));
            Map<String, String> headers = new HashMap<>();
            headers.put("Sonde-Delivery", message.id());
            HiddenText secret = webhook.secret();
            if (secret != null) {
                headers.put(Signature.HEADER, Signature.of(body, secret.read(), now));
            }
            return http.post(url, body, headers, webhook.request());
        } catch (IOException e) {
            return new Reply.Unavailable(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException _) {
            return new Reply.Unavailable("the URL, the secret or the template cannot be used");
        }
    }

    private static byte[] body(Channel.Webhook webhook, MessageValues values) {
        return webhook.body() == null
                ? JSON.writeValueAsBytes(values.body())
                : webhook.body().fill(values.forTemplate()).getBytes(StandardCharsets.UTF_8);
    }
}
