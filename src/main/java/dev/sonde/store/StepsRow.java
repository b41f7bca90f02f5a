package dev.sonde.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.dialogue.Payload;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.HoldSettings.Keepalive;
import dev.sonde.probe.spec.HoldSettings.Sending;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of a probe's settings as they are kept, each under the word of its phase.
@JsonInclude(JsonInclude.Include.NON_NULL)
record StepsRow(
        @Nullable TlsRow tls,
        @Nullable List<DialogueRow> dialogue,
        @Nullable Observe observe,
        @Nullable Hold hold,
        @Nullable Flood flood) {

    /// @param send absent where nothing is sent
    record Observe(long watchNanos, long afterNanos, @Nullable Payload send) {

        static Observe of(ObserveSettings settings) {
            return new Observe(
                    settings.watch().toNanos(), settings.after().toNanos(), settings.send());
        }

        ObserveSettings toSettings() {
            return new ObserveSettings(
                    Duration.ofNanos(watchNanos), Duration.ofNanos(afterNanos), send);
        }
    }

    /// The fields of [HoldSettings], durations in nanoseconds.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hold(
            long holdNanos,
            @Nullable Long idleNanos,
            @Nullable Long intervalNanos,
            @Nullable Integer count,
            @Nullable Long userTimeoutNanos,
            @Nullable Long everyNanos,
            @Nullable Integer bytes) {

        static Hold of(HoldSettings settings) {
            Keepalive keepalive = settings.keepalive();
            Duration userTimeout = settings.userTimeout();
            Sending send = settings.send();
            return new Hold(
                    settings.hold().toNanos(),
                    keepalive == null ? null : keepalive.idle().toNanos(),
                    keepalive == null ? null : keepalive.interval().toNanos(),
                    keepalive == null ? null : keepalive.count(),
                    userTimeout == null ? null : userTimeout.toNanos(),
                    send == null ? null : send.every().toNanos(),
                    send == null ? null : send.bytes());
        }

        HoldSettings toSettings() {
            return new HoldSettings(
                    Duration.ofNanos(holdNanos),
                    idleNanos == null || intervalNanos == null || count == null
                            ? null
                            : new Keepalive(
                                    Duration.ofNanos(idleNanos),
                                    Duration.ofNanos(intervalNanos),
                                    count),
                    userTimeoutNanos == null ? null : Duration.ofNanos(userTimeoutNanos),
                    everyNanos == null || bytes == null
                            ? null
                            : new Sending(Duration.ofNanos(everyNanos), bytes));
        }
    }

    /// The fields of [FloodSettings].
    record Flood(long bytes, long stallNanos, long limitNanos) {

        static Flood of(FloodSettings settings) {
            return new Flood(
                    settings.bytes(),
                    settings.stallTimeout().toNanos(),
                    settings.limit().toNanos());
        }

        FloodSettings toSettings() {
            return new FloodSettings(
                    bytes, Duration.ofNanos(stallNanos), Duration.ofNanos(limitNanos));
        }
    }

    /// The row of these steps; null where there is none.
    static @Nullable StepsRow of(List<StepSettings> steps) {
        if (steps.isEmpty()) {
            return null;
        }
        TlsRow tls = null;
        List<DialogueRow> dialogue = null;
        Observe observe = null;
        Hold hold = null;
        Flood flood = null;
        for (StepSettings step : steps) {
            switch (step) {
                case TlsSettings each -> tls = TlsRow.of(each);
                case DialogueSettings(Script script, _) ->
                        dialogue = DialogueRow.of(script.steps());
                case ObserveSettings each -> observe = Observe.of(each);
                case HoldSettings each -> hold = Hold.of(each);
                case FloodSettings each -> flood = Flood.of(each);
            }
        }
        return new StepsRow(tls, dialogue, observe, hold, flood);
    }

    List<StepSettings> toSteps() {
        List<StepSettings> steps = new ArrayList<>();
        if (tls != null) {
            steps.add(tls.toSettings());
        }
        if (dialogue != null) {
            steps.add(DialogueSettings.of(dialogue.stream().map(DialogueRow::toStep).toList()));
        }
        if (observe != null) {
            steps.add(observe.toSettings());
        }
        if (hold != null) {
            steps.add(hold.toSettings());
        }
        if (flood != null) {
            steps.add(flood.toSettings());
        }
        return steps;
    }
}
