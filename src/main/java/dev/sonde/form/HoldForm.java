package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.HoldSettings.Keepalive;
import dev.sonde.probe.spec.HoldSettings.Sending;
import dev.sonde.probe.spec.StepSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether and how a connection is held, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Hold",
        description = "Keeps the connection and reports who ends it, how, and after how long")
public record HoldForm(
        @Schema(
                        description = "How long, from 10ms to 24h",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "30s")
                @JsonProperty("for")
                @Nullable String hold,
        @Nullable KeepaliveBody keepalive,
        @Schema(
                        description =
                                "How long data may stay unacknowledged (TCP_USER_TIMEOUT), 1ms to 24h."
                                        + " It also ends a connection whose peer is well and only"
                                        + " not reading.",
                        example = "8s")
                @Nullable String userTimeout,
        @Nullable SendingBody send)
        implements StepForm {

    /// When the kernel probes an idle connection.
    @Schema(name = "Keepalive", description = "When our kernel probes the idle connection")
    record KeepaliveBody(
            @Schema(
                            description = "Idle time before the first probe, 1s to 32767s",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "5s")
                    @Nullable String idle,
            @Schema(
                            description = "Between probes, 1s to 32767s",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "2s")
                    @Nullable String interval,
            @Schema(
                            description = "Unanswered probes until the peer is given up",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            minimum = "1",
                            maximum = "127",
                            example = "3")
                    @Nullable Integer count) {}

    /// The payload of the periodic send.
    @Schema(name = "HoldSend", description = "Zeros that are sent again and again")
    record SendingBody(
            @Schema(
                            description = "From one to the next, 10ms to 1h",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "1s")
                    @Nullable String every,
            @Schema(
                            description = "Each time",
                            minimum = "1",
                            maximum = "65536",
                            defaultValue = "1",
                            example = "20")
                    @Nullable Integer bytes) {}

    static @Nullable HoldForm of(List<StepSettings> steps) {
        for (StepSettings step : steps) {
            if (step instanceof HoldSettings hold) {
                return of(hold);
            }
        }
        return null;
    }

    private static HoldForm of(HoldSettings settings) {
        Keepalive keepalive = settings.keepalive();
        Duration userTimeout = settings.userTimeout();
        Sending send = settings.send();
        return new HoldForm(
                DurationText.format(settings.hold()),
                keepalive == null
                        ? null
                        : new KeepaliveBody(
                                DurationText.format(keepalive.idle()),
                                DurationText.format(keepalive.interval()),
                                keepalive.count()),
                userTimeout == null ? null : DurationText.format(userTimeout),
                send == null
                        ? null
                        : new SendingBody(DurationText.format(send.every()), send.bytes()));
    }

    @Override
    public @Nullable StepSettings toSettings(String path, InvalidFields invalid) {
        Keepalive probing = keepalive(path + ".keepalive", invalid);
        Duration limit =
                invalid.read(
                        path + ".userTimeout",
                        userTimeout,
                        text -> HoldSettings.requireUserTimeout(DurationText.parse(text)));
        Sending sending = sending(path + ".send", invalid);
        if (hold == null) {
            invalid.add(path + ".for", null, "is required");
        }
        return invalid.read(
                path + ".for",
                hold,
                text -> new HoldSettings(DurationText.parse(text), probing, limit, sending));
    }

    private @Nullable Keepalive keepalive(String path, InvalidFields invalid) {
        if (keepalive == null) {
            return null;
        }
        Duration idle = seconds(path + ".idle", keepalive.idle(), invalid);
        Duration interval = seconds(path + ".interval", keepalive.interval(), invalid);
        Integer count = keepalive.count();
        if (count == null || count < 1 || count > Keepalive.MOST_PROBES) {
            invalid.add(path + ".count", count, "a number from 1 to " + Keepalive.MOST_PROBES);
            return null;
        }
        return idle == null || interval == null ? null : new Keepalive(idle, interval, count);
    }

    private static @Nullable Duration seconds(
            String path, @Nullable String text, InvalidFields invalid) {
        if (text == null) {
            invalid.add(path, null, "is required");
        }
        return invalid.read(
                path, text, given -> Keepalive.requireSeconds(DurationText.parse(given)));
    }

    private @Nullable Sending sending(String path, InvalidFields invalid) {
        if (send == null) {
            return null;
        }
        if (send.every() == null) {
            invalid.add(path + ".every", null, "is required");
        }
        int bytes = invalid.number(path + ".bytes", send.bytes(), Sending.MOST_BYTES, 1);
        return bytes < 1 || bytes > Sending.MOST_BYTES
                ? null
                : invalid.read(
                        path + ".every",
                        send.every(),
                        text -> new Sending(DurationText.parse(text), bytes));
    }
}
