package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.probe.spec.TlsSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a connection meets at a listener, in requests and answers. Which fields may stand beside
/// the type depends on it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Behaviour", description = "What a connection meets at a listener")
public record BehaviourForm(
        @Schema(
                        description = "Which behaviour; the other fields belong to some of them",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        allowableValues = {
                            "close",
                            "reset",
                            "discard",
                            "echo",
                            "hold",
                            "banner",
                            "dialogue",
                            "stream",
                            "stall",
                            "never_accept",
                            "queue_full",
                            "half_establish",
                            "refuse",
                            "proxy"
                        },
                        example = "echo")
                @Nullable String type,
        @Schema(description = "close, reset: how long after accept", defaultValue = "0s")
                @Nullable String after,
        @Schema(description = "echo: how long after the bytes came", defaultValue = "0s")
                @Nullable String delay,
        @Schema(
                        description =
                                "banner: what is sent, text or {\"base64\": \"...\"}, 1 to 65536 bytes",
                        oneOf = {String.class, BytesForm.Base64.class, BytesForm.Hidden.class})
                @Nullable Object data,
        @Schema(description = "banner: whether FIN follows", defaultValue = "false")
                @Nullable Boolean thenClose,
        @Schema(description = "dialogue: 1 to 100")
                @Nullable List<@Nullable DialogueStepForm> steps,
        @Schema(description = "stream: how many in all; without end when absent", minimum = "1")
                @Nullable Long bytes,
        @Schema(
                        description = "stream: bytes of each send",
                        minimum = "1",
                        maximum = "65536",
                        defaultValue = "1024")
                @Nullable Integer chunk,
        @Schema(
                        description =
                                "stream: from one send to the next; as fast as can be when 0s",
                        defaultValue = "0s")
                @Nullable String every,
        @Schema(
                        description =
                                "proxy: the upstream, host:port; a name is looked up at every connect",
                        example = "db.example:5432")
                @Nullable String to,
        @Schema(description = "proxy: in the order in which the bytes meet them, at most 100")
                @Nullable List<@Nullable FaultForm> faults,
        @Schema(
                        description = "proxy: the treatment of a client whose upstream is dead",
                        allowableValues = {"close", "reset", "refuse", "hold"},
                        defaultValue = "close")
                @Nullable String onUpstreamFailure,
        @Schema(description = "proxy: TLS towards the upstream; in clear when absent")
                @Nullable TlsForm upstreamTls,
        @Schema(
                        description = "proxy: whether it listens; else a RST answers each SYN",
                        defaultValue = "true")
                @Nullable Boolean enabled) {

    static final int USUAL_CHUNK = 1_024;

    public static BehaviourForm of(Behaviour behaviour) {
        String type = behaviour.type();
        return switch (behaviour) {
            case Behaviour.Close(Duration after) -> timed(type, text(after), null);
            case Behaviour.Reset(Duration after) -> timed(type, text(after), null);
            case Behaviour.Echo(Duration delay) -> timed(type, null, text(delay));
            case Behaviour.Banner banner ->
                    new BehaviourForm(
                            type,
                            null,
                            null,
                            BytesForm.of(banner.data()),
                            banner.thenClose(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
            case Behaviour.Dialogue dialogue ->
                    new BehaviourForm(
                            type,
                            null,
                            null,
                            null,
                            null,
                            DialogueStepForm.of(dialogue.steps()),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
            case Behaviour.Stream stream ->
                    new BehaviourForm(
                            type,
                            null,
                            null,
                            null,
                            null,
                            null,
                            stream.bytes(),
                            stream.chunk(),
                            text(stream.every()),
                            null,
                            null,
                            null,
                            null,
                            null);
            case Behaviour.Proxy proxy -> of(proxy);
            case Behaviour.Discard _,
                    Behaviour.Refuse _,
                    Behaviour.Hold _,
                    Behaviour.Stall _,
                    Behaviour.NeverAccept _,
                    Behaviour.QueueFull _,
                    Behaviour.HalfEstablish _ ->
                    timed(type, null, null);
        };
    }

    /// The same with what is sent hidden.
    public BehaviourForm withoutSent() {
        return new BehaviourForm(
                type,
                after,
                delay,
                BytesForm.hidden(data),
                thenClose,
                DialogueStepForm.withoutSent(steps),
                bytes,
                chunk,
                every,
                to,
                faults,
                onUpstreamFailure,
                upstreamTls,
                enabled);
    }

    private static BehaviourForm of(Behaviour.Proxy proxy) {
        TlsSettings tls = proxy.upstreamTls();
        return new BehaviourForm(
                proxy.type(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                proxy.to().toString(),
                new ArrayList<>(proxy.faults().stream().map(FaultForm::of).toList()),
                proxy.onUpstreamFailure().label(),
                tls == null ? null : TlsForm.of(tls),
                proxy.enabled());
    }

    private static BehaviourForm timed(
            String type, @Nullable String after, @Nullable String delay) {
        return new BehaviourForm(
                type, after, delay, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    private static String text(Duration duration) {
        return DurationText.format(duration);
    }
}
