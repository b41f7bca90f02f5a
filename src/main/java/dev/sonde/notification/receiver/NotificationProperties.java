package dev.sonde.notification.receiver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Notifications, `sonde.notifications.*`.
///
/// @param receivers where messages go
/// @param groupWithin changes of this time go in one message for each receiver
/// @param timeout longest time of one attempt
/// @param alertmanager times of alerts
@Validated
@ConfigurationProperties("sonde.notifications")
public record NotificationProperties(
        @DefaultValue List<Entry> receivers,
        @DefaultValue("10s") @DurationMin @DurationMax(minutes = 10) Duration groupWithin,
        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 5) Duration timeout,
        @DefaultValue Alertmanager alertmanager) {

    /// One receiver as it is written.
    ///
    /// @param name of the receiver
    /// @param type `webhook`, `mail` or `alertmanager`
    /// @param url of a webhook, or of an Alertmanager
    /// @param urls of several Alertmanagers
    /// @param urlFile a file that holds the URL, or several, one a line
    /// @param secret for the signature of a webhook
    /// @param secretFile a file that holds it
    /// @param headers of each request
    /// @param headersFile a file that holds headers, `Name: value` a line
    /// @param caFile authorities in PEM that a certificate is verified with; the host's when absent
    /// @param label conditions on the labels of probes, all of which must hold
    /// @param states that are wanted
    /// @param delay for how long a probe is down or degraded before the first message
    /// @param reminder time after which an incident that goes on is sent again; never when absent
    /// @param grouped whether changes go in one message; else each has its own
    /// @param body a template of a webhook's body
    /// @param bodyFile a file that holds it
    /// @param to addresses of a mail
    /// @param from address of a mail's sender
    public record Entry(
            @Nullable String name,
            @Nullable String type,
            @Nullable String url,
            @DefaultValue List<String> urls,
            @Nullable String urlFile,
            @Nullable String secret,
            @Nullable String secretFile,
            @DefaultValue Map<String, String> headers,
            @Nullable String headersFile,
            @Nullable String caFile,
            @DefaultValue List<String> label,
            @DefaultValue({"down", "degraded", "up"}) List<String> states,
            @DefaultValue("0s") Duration delay,
            @Nullable Duration reminder,
            @DefaultValue("true") boolean grouped,
            @Nullable String body,
            @Nullable String bodyFile,
            @DefaultValue List<String> to,
            @Nullable String from) {

        /// Secrets are in no log.
        @Override
        public String toString() {
            return "receiver " + name;
        }
    }

    /// Times of alerts.
    ///
    /// @param every time between two messages of the same alert
    /// @param ahead time after which an alert ends that is not sent again
    /// @param resolvedFor for how long an ended alert is sent as resolved
    public record Alertmanager(
            @DefaultValue("1m") @DurationMin(millis = 100) Duration every,
            @DefaultValue("4m") @DurationMin(millis = 200) Duration ahead,
            @DefaultValue("15m") @DurationMin(millis = 100) Duration resolvedFor) {}
}
