package dev.sonde.notification.send;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.EpisodeKind;
import dev.sonde.notification.message.MessageWords;
import dev.sonde.notification.message.ServiceFacts;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.start.HiddenText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Sends alerts to each of several Alertmanagers (API version 2). Safe for any thread.
final class AlertmanagerSender {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/api/v2/alerts";

    /// Alerts in one request.
    private static final int BATCH = 500;

    private static final Duration TEST_LASTS = Duration.ofMinutes(1);

    private final HttpSender http;
    private final Supplier<ServiceFacts> service;
    private final Duration ahead;

    /// @param ahead time after which an alert ends that is not sent again
    AlertmanagerSender(HttpSender http, Supplier<ServiceFacts> service, Duration ahead) {
        this.http = http;
        this.service = service;
        this.ahead = ahead;
    }

    Reply send(Channel.Alertmanager channel, List<Told> alerts) {
        Instant now = http.clock().instant();
        List<Map<String, Object>> all = new ArrayList<>();
        alerts.forEach(alert -> all.add(alert(alert, now)));
        return post(channel, all);
    }

    /// Sends an alert that says that it is a test and ends soon.
    Reply test(Channel.Alertmanager channel) {
        Instant now = http.clock().instant();
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("labels", Map.of("alertname", "SondeTest", "severity", "none"));
        alert.put("annotations", Map.of("summary", "Test message of Sonde"));
        alert.put("startsAt", now.toString());
        alert.put("endsAt", now.plus(TEST_LASTS).toString());
        alert.put("generatorURL", service.get().url());
        return post(channel, List.of(alert));
    }

    private Map<String, Object> alert(Told told, Instant now) {
        Entry entry = told.entry();
        Instant to = entry.to();
        boolean isOpen = told.stage() != Told.Stage.CLOSED;
        Instant end = isOpen || to == null ? now.plus(ahead) : to;
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("labels", AlertLabels.of(told));
        Map<String, String> annotations = new LinkedHashMap<>();
        String state = told.kind() == EpisodeKind.DOWN ? "down" : "degraded";
        annotations.put("summary", "%s is %s".formatted(entry.probe(), state));
        annotations.put("description", MessageWords.line(entry, now));
        annotations.put("reason", entry.reason());
        annotations.put("target", entry.target());
        annotations.put("link", service.get().pageOf(entry.probe()));
        alert.put("annotations", annotations);
        alert.put("startsAt", entry.from().toString());
        alert.put("endsAt", (end.isBefore(entry.from()) ? entry.from() : end).toString());
        alert.put("generatorURL", service.get().pageOf(entry.probe()));
        return alert;
    }

    /// All Alertmanagers at once: one that is dead delays no other.
    private Reply post(Channel.Alertmanager channel, List<Map<String, Object>> alerts) {
        Queue<Reply> failures = new ConcurrentLinkedQueue<>();
        List<Thread> posts = new ArrayList<>();
        try {
            for (URI url : urls(channel)) {
                posts.add(
                        Thread.ofVirtual()
                                .name("notification-alerts")
                                .start(() -> post(url, channel, alerts, failures)));
            }
            for (Thread each : posts) {
                each.join();
            }
        } catch (IOException e) {
            return new Reply.Unavailable(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException _) {
            return new Reply.Unavailable("a URL cannot be used");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Unavailable("the service ends");
        }
        Reply first = failures.peek();
        return first == null ? new Reply.Accepted() : first;
    }

    private void post(
            URI url,
            Channel.Alertmanager channel,
            List<Map<String, Object>> alerts,
            Queue<Reply> failures) {
        for (int first = 0; first < alerts.size(); first += BATCH) {
            List<Map<String, Object>> some =
                    alerts.subList(first, Math.min(first + BATCH, alerts.size()));
            Reply reply = http.post(url, JSON.writeValueAsBytes(some), Map.of(), channel.request());
            if (!(reply instanceof Reply.Accepted)) {
                failures.add(reply);
                return;
            }
        }
    }

    private static List<URI> urls(Channel.Alertmanager channel) throws IOException {
        List<URI> urls = new ArrayList<>();
        for (HiddenText text : channel.urls()) {
            for (String line : text.read().lines().toList()) {
                String base = line.strip().replaceAll("/+$", "");
                urls.add(URI.create(base.endsWith(PATH) ? base : base + PATH));
            }
        }
        return urls;
    }
}
