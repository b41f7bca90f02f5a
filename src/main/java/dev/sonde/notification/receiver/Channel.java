package dev.sonde.notification.receiver;

import dev.sonde.start.HiddenText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way to a receiver.
public sealed interface Channel {

    /// The headers of requests, and the authorities they trust.
    ///
    /// @param more a file with further headers, `Name: value` a line
    /// @param authorities in PEM; the host's when absent
    record Request(
            Map<String, String> headers, @Nullable HiddenText more, @Nullable Path authorities) {

        public Request {
            headers = Map.copyOf(headers);
        }

        /// Secrets are in no log.
        @Override
        public String toString() {
            return headers.size() + " headers";
        }
    }

    /// An HTTP server that takes a message as JSON.
    ///
    /// @param secret for the signature; none when absent
    /// @param body a template; the usual JSON when absent
    record Webhook(
            HiddenText url,
            @Nullable HiddenText secret,
            Request request,
            @Nullable BodyTemplate body)
            implements Channel {}

    /// Alertmanagers, each of which gets every alert.
    ///
    /// @param urls one or several in each
    record Alertmanager(List<HiddenText> urls, Request request) implements Channel {

        public Alertmanager {
            urls = List.copyOf(urls);
        }
    }

    /// Addresses that get a mail.
    record Mail(List<String> to, String from) implements Channel {

        public Mail {
            to = List.copyOf(to);
        }
    }
}
