package dev.sonde.notification.receiver;

import dev.sonde.start.HiddenText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the way to a receiver: a webhook, an Alertmanager or a mail.
///
/// @param place names what is wrong
record ChannelReader(ReceiverPlace place, NotificationProperties.Entry entry) {

    /// @throws IllegalArgumentException with a sentence that begins with the setting
    Channel read() {
        String type = entry.type();
        return switch (type == null ? "" : type) {
            case "webhook" -> webhook();
            case "alertmanager" -> alertmanager();
            case "mail" -> mail();
            default ->
                    throw place.invalid(
                            "type",
                            "webhook, mail and alertmanager are known, not \"" + type + "\"");
        };
    }

    private Channel webhook() {
        HiddenText url = one("url", entry.url(), entry.urlFile());
        if (url == null || !entry.urls().isEmpty()) {
            throw place.invalid("url", "a webhook has one url, or a url-file");
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
            throw place.invalid("urls", "an Alertmanager has urls, or a url-file");
        }
        urls.forEach(this::check);
        return new Channel.Alertmanager(urls, request());
    }

    private Channel mail() {
        String from = entry.from();
        if (entry.to().isEmpty() || from == null) {
            throw place.invalid(entry.to().isEmpty() ? "to" : "from", "a mail has to and from");
        }
        for (String address : entry.to()) {
            requireAddress("to", address);
        }
        requireAddress("from", from);
        return new Channel.Mail(entry.to(), from);
    }

    private void requireAddress(String field, String address) {
        if (!address.contains("@") || address.chars().anyMatch(Character::isISOControl)) {
            throw place.invalid(field, "an address is written like ops@example.com");
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
            throw place.invalid(
                    field, "%s and %s-file are given; one is needed".formatted(field, field));
        }
        return HiddenText.of(text, file);
    }

    private @Nullable String readable(String field, @Nullable HiddenText text) {
        try {
            return text == null ? null : text.read();
        } catch (IOException e) {
            throw place.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    private void check(HiddenText url) {
        String text = String.valueOf(readable("url-file", url));
        if (text.isBlank()) {
            throw place.invalid("url", "a URL begins with http:// or https:// and has a host");
        }
        for (String line : text.lines().toList()) {
            if (!isUrl(line.strip())) {
                throw place.invalid("url", "a URL begins with http:// or https:// and has a host");
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
            throw place.invalid(field, String.valueOf(e.getMessage()));
        }
    }
}
