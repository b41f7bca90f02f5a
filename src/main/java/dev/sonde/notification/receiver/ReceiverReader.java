package dev.sonde.notification.receiver;

import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.condition.LabelSelector;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.start.HiddenText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads receivers as they are written.
final class ReceiverReader {

    private static final String LIST = "sonde.notifications.receivers";
    private static final Set<String> STATES = Set.of("down", "degraded", "up");
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration SHORTEST_REMINDER = Duration.ofSeconds(1);
    private static final int MOST = 100;

    private final String place;
    private final NotificationProperties.Entry entry;

    private ReceiverReader(int index, NotificationProperties.Entry entry) {
        this.place = "%s[%d]".formatted(LIST, index);
        this.entry = entry;
    }

    /// Reads all receivers.
    ///
    /// @throws IllegalArgumentException with a sentence that begins with the setting
    static List<Receiver> read(List<NotificationProperties.Entry> entries) {
        if (entries.size() > MOST) {
            throw new IllegalArgumentException(
                    "%s: %d receivers; the limit is %d".formatted(LIST, entries.size(), MOST));
        }
        List<Receiver> receivers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            Receiver receiver = new ReceiverReader(i, entries.get(i)).receiver();
            if (!names.add(receiver.name())) {
                throw new IllegalArgumentException(
                        "%s[%d].name: \"%s\" is the name of two receivers"
                                .formatted(LIST, i, receiver.name()));
            }
            receivers.add(receiver);
        }
        return List.copyOf(receivers);
    }

    private Receiver receiver() {
        String name = entry.name();
        if (name == null || !ResourceName.isValid(name)) {
            throw invalid(
                    "name", "a name matches " + ResourceName.PATTERN + ", not \"" + name + "\"");
        }
        return new Receiver(
                name, channel(), probes(), states(), delay(), reminder(), entry.grouped());
    }

    private IllegalArgumentException invalid(String field, String sentence) {
        return new IllegalArgumentException(place + "." + field + ": " + sentence);
    }

    private LabelSelector probes() {
        try {
            return LabelSelector.of(entry.label().toArray(String[]::new));
        } catch (InvalidRequestException e) {
            throw invalid("label", "a label is written like team=payments or team!=mail");
        }
    }

    private Set<String> states() {
        Set<String> states = new LinkedHashSet<>(entry.states());
        for (String state : states) {
            if (!STATES.contains(state)) {
                throw invalid("states", "down, degraded and up are known, not \"" + state + "\"");
            }
        }
        if (states.isEmpty()) {
            throw invalid("states", "one of down, degraded and up is needed");
        }
        return states;
    }

    private Duration delay() {
        Duration delay = entry.delay();
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw invalid("delay", "a delay is from 0s to 31d");
        }
        return delay;
    }

    private @Nullable Duration reminder() {
        Duration reminder = entry.reminder();
        if (reminder == null || reminder.isZero()) {
            return null;
        }
        if (reminder.compareTo(SHORTEST_REMINDER) < 0 || reminder.compareTo(LONGEST) > 0) {
            throw invalid("reminder", "a reminder is from 1s to 31d");
        }
        return reminder;
    }

    private Channel channel() {
        String type = entry.type();
        return switch (type == null ? "" : type) {
            case "webhook" -> webhook();
            case "alertmanager" -> alertmanager();
            case "mail" -> mail();
            default ->
                    throw invalid(
                            "type",
                            "webhook, mail and alertmanager are known, not \"" + type + "\"");
        };
    }

    private Channel webhook() {
        HiddenText url = one("url", entry.url(), entry.urlFile());
        if (url == null || !entry.urls().isEmpty()) {
            throw invalid("url", "a webhook has one url, or a url-file");
        }
        check(url);
        HiddenText secret = one("secret", entry.secret(), entry.secretFile());
        readable("secret-file", secret);
        return new Channel.Webhook(url, secret, request(), template());
    }

    private Channel alertmanager() {
        List<HiddenText> urls = new ArrayList<>();
        entry.urls().forEach(url -> urls.add(new HiddenText.Inline(url)));
        HiddenText single = one("url", entry.url(), entry.urlFile());
        if (single != null) {
            urls.add(single);
        }
        if (urls.isEmpty()) {
            throw invalid("urls", "an Alertmanager has urls, or a url-file");
        }
        urls.forEach(this::check);
        return new Channel.Alertmanager(urls, request());
    }

    private Channel mail() {
        String from = entry.from();
        if (entry.to().isEmpty() || from == null) {
            throw invalid(entry.to().isEmpty() ? "to" : "from", "a mail has to and from");
        }
        for (String address : entry.to()) {
            requireAddress("to", address);
        }
        requireAddress("from", from);
        return new Channel.Mail(entry.to(), from);
    }

    private void requireAddress(String field, String address) {
        if (!address.contains("@") || address.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field, "an address is written like ops@example.com");
        }
    }

    private Channel.Request request() {
        HiddenText more = HiddenText.of(null, entry.headersFile());
        readable("headers-file", more);
        HiddenText authorities = HiddenText.of(null, entry.caFile());
        readable("ca-file", authorities);
        return new Channel.Request(
                entry.headers(),
                more,
                authorities instanceof HiddenText.InFile(Path file) ? file : null);
    }

    private @Nullable HiddenText one(String field, @Nullable String text, @Nullable String file) {
        if (text != null && file != null) {
            throw invalid(field, "%s and %s-file are given; one is needed".formatted(field, field));
        }
        return HiddenText.of(text, file);
    }

    private @Nullable String readable(String field, @Nullable HiddenText text) {
        try {
            return text == null ? null : text.read();
        } catch (IOException e) {
            throw invalid(field, String.valueOf(e.getMessage()));
        }
    }

    private void check(HiddenText url) {
        String text = String.valueOf(readable("url-file", url));
        if (text.isBlank()) {
            throw invalid("url", "a URL begins with http:// or https:// and has a host");
        }
        for (String line : text.lines().toList()) {
            if (!isUrl(line.strip())) {
                throw invalid("url", "a URL begins with http:// or https:// and has a host");
            }
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            return url.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private @Nullable BodyTemplate template() {
        HiddenText body = one("body", entry.body(), entry.bodyFile());
        String text = readable("body-file", body);
        if (text == null) {
            return null;
        }
        String field = entry.body() == null ? "body-file" : "body";
        try {
            BodyTemplate template = BodyTemplate.of(text);
            HostileValues.all().forEach(template::fill);
            return template;
        } catch (IllegalArgumentException e) {
            throw invalid(field, String.valueOf(e.getMessage()));
        }
    }
}
