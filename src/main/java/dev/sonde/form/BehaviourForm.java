package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.dialogue.Delay;
import dev.sonde.dialogue.Payload;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Chance;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.Sequence;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The behaviour of a listener, in requests and answers. The field `type` selects the record and
/// thereby the allowed fields.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Behaviour",
        description = "The behaviour of a listener towards its connections",
        discriminatorProperty = "type")
public sealed interface BehaviourForm
        permits BehaviourForm.Close,
                BehaviourForm.Reset,
                BehaviourForm.Discard,
                BehaviourForm.Echo,
                BehaviourForm.Hold,
                BehaviourForm.Banner,
                DialogueBehaviourForm,
                BehaviourForm.Stream,
                BehaviourForm.Stall,
                BehaviourForm.NeverAccept,
                BehaviourForm.QueueFull,
                BehaviourForm.HalfEstablish,
                BehaviourForm.Refuse,
                ProxyForm,
                SequenceForm,
                ChanceForm {

    /// The behaviour of this form. Errors are noted under `path`; then none may be returned.
    ///
    /// @throws InvalidListenerException when a value is out of range
    @Nullable Behaviour toBehaviour(String path, InvalidFields invalid);

    /// The same with what is sent hidden.
    default BehaviourForm withoutSent() {
        return this;
    }

    /// Reads a behaviour; what is wrong is noted under `path`, and then there is none.
    static @Nullable Behaviour read(
            String path, @Nullable BehaviourForm form, InvalidFields invalid) {
        if (form == null) {
            invalid.add(path, null, "an object with a type is expected");
            return null;
        }
        try {
            return form.toBehaviour(path, invalid);
        } catch (InvalidListenerException e) {
            ListenerFault.note(e, path, invalid);
            return null;
        }
    }

    static BehaviourForm of(Behaviour behaviour) {
        return switch (behaviour) {
            case Behaviour.Close(Delay after) -> new Close(text(after), jitter(after));
            case Behaviour.Reset(Delay after) -> new Reset(text(after), jitter(after));
            case Behaviour.Discard _ -> new Discard();
            case Behaviour.Echo(Delay delay) -> new Echo(text(delay), jitter(delay));
            case Behaviour.Hold _ -> new Hold();
            case Behaviour.Banner(Payload data, boolean thenClose) ->
                    new Banner(BytesForm.of(data), thenClose);
            case Behaviour.Dialogue dialogue -> DialogueBehaviourForm.of(dialogue);
            case Behaviour.Stream stream ->
                    new Stream(
                            stream.bytes(),
                            stream.chunk(),
                            text(stream.every()),
                            jitter(stream.every()));
            case Behaviour.Stall _ -> new Stall();
            case Behaviour.NeverAccept _ -> new NeverAccept();
            case Behaviour.QueueFull _ -> new QueueFull();
            case Behaviour.HalfEstablish _ -> new HalfEstablish();
            case Behaviour.Refuse _ -> new Refuse();
            case Behaviour.Proxy proxy -> ProxyForm.of(proxy);
            case Sequence sequence -> SequenceForm.of(sequence);
            case Chance(Behaviour usual, double share, Behaviour otherwise) ->
                    new ChanceForm(of(usual), share, of(otherwise));
        };
    }

    /// Accept, then FIN.
    @JsonTypeName("close")
    @Schema(name = "CloseBehaviour", description = "Accept, then FIN")
    record Close(
            @Schema(description = "How long after accept", defaultValue = "0s")
                    @Nullable String after,
            @Schema(
                            description = "Plus or minus at most this, drawn for each use",
                            defaultValue = "0s")
                    @Nullable String jitter)
            implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Close(drawn(path, "after", after, jitter, invalid));
        }
    }

    /// Accept, then RST.
    @JsonTypeName("reset")
    @Schema(name = "ResetBehaviour", description = "Accept, then RST")
    record Reset(
            @Schema(description = "How long after accept", defaultValue = "0s")
                    @Nullable String after,
            @Schema(
                            description = "Plus or minus at most this, drawn for each use",
                            defaultValue = "0s")
                    @Nullable String jitter)
            implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Reset(drawn(path, "after", after, jitter, invalid));
        }
    }

    /// Send back what came.
    @JsonTypeName("echo")
    @Schema(name = "EchoBehaviour", description = "Send back what came")
    record Echo(
            @Schema(description = "How long after the bytes came", defaultValue = "0s")
                    @Nullable String delay,
            @Schema(
                            description = "Plus or minus at most this, drawn for each use",
                            defaultValue = "0s")
                    @Nullable String jitter)
            implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Echo(drawn(path, "delay", delay, jitter, invalid));
        }
    }

    /// Send bytes at once.
    @JsonTypeName("banner")
    @Schema(name = "BannerBehaviour", description = "Send bytes at once, then FIN or read on")
    record Banner(
            @Schema(
                            description = "Text or {\"base64\": \"...\"}, 1 to 65536 bytes",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            oneOf = {String.class, BytesForm.Base64.class, BytesForm.Hidden.class})
                    @Nullable Object data,
            @Schema(description = "Whether FIN follows", defaultValue = "false")
                    @Nullable Boolean thenClose)
            implements BehaviourForm {

        @Override
        public @Nullable Behaviour toBehaviour(String path, InvalidFields invalid) {
            if (data == null) {
                invalid.add(path + ".data", null, "text, or {\"base64\": \"...\"}, is expected");
            }
            Payload bytes = BytesForm.read(path + ".data", data, invalid);
            return bytes == null
                    ? null
                    : new Behaviour.Banner(bytes, Boolean.TRUE.equals(thenClose));
        }

        @Override
        public BehaviourForm withoutSent() {
            return new Banner(BytesForm.hidden(data), thenClose);
        }
    }

    /// Send without being asked, then FIN.
    @JsonTypeName("stream")
    @Schema(name = "StreamBehaviour", description = "Send without being asked, then FIN")
    record Stream(
            @Schema(description = "How many in all; without end when absent", minimum = "1")
                    @Nullable Long bytes,
            @Schema(
                            description = "Bytes of each send",
                            minimum = "1",
                            maximum = "65536",
                            defaultValue = "1024")
                    @Nullable Integer chunk,
            @Schema(
                            description = "From one send to the next; as fast as can be when 0s",
                            defaultValue = "0s")
                    @Nullable String every,
            @Schema(
                            description = "Plus or minus at most this, drawn for each use",
                            defaultValue = "0s")
                    @Nullable String jitter)
            implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Stream(
                    bytes,
                    chunk == null ? Behaviour.Stream.USUAL_CHUNK : chunk,
                    drawn(path, "every", every, jitter, invalid));
        }
    }

    /// Read everything, send nothing.
    @JsonTypeName("discard")
    @Schema(name = "DiscardBehaviour", description = "Read everything, send nothing")
    record Discard() implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Discard();
        }
    }

    /// Accept, read nothing and send nothing.
    @JsonTypeName("hold")
    @Schema(name = "HoldBehaviour", description = "Accept, read nothing and send nothing")
    record Hold() implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Hold();
        }
    }

    /// Accept and never read: the sender meets a zero window.
    @JsonTypeName("stall")
    @Schema(
            name = "StallBehaviour",
            description = "Accept and never read: the sender meets a zero window")
    record Stall() implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Stall();
        }
    }

    /// Listen without accepting.
    @JsonTypeName("never_accept")
    @Schema(name = "NeverAcceptBehaviour", description = "Listen without accepting")
    record NeverAccept() implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.NeverAccept();
        }
    }

    /// Listen with a full accept queue: SYNs go unanswered.
    @JsonTypeName("queue_full")
    @Schema(
            name = "QueueFullBehaviour",
            description = "Listen with a full accept queue: SYNs go unanswered")
    record QueueFull() implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.QueueFull();
        }
    }

    /// Listen and never end a handshake.
    @JsonTypeName("half_establish")
    @Schema(name = "HalfEstablishBehaviour", description = "Listen and never end a handshake")
    record HalfEstablish() implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.HalfEstablish();
        }
    }

    /// Keep the port: a RST answers each SYN.
    @JsonTypeName("refuse")
    @Schema(name = "RefuseBehaviour", description = "Keep the port: a RST answers each SYN")
    record Refuse() implements BehaviourForm {
        @Override
        public Behaviour toBehaviour(String path, InvalidFields invalid) {
            return new Behaviour.Refuse();
        }
    }

    private static Delay drawn(
            String path,
            String field,
            @Nullable String text,
            @Nullable String jitter,
            InvalidFields invalid) {
        return new Delay(
                duration(path + "." + field, text, invalid),
                duration(path + ".jitter", jitter, invalid));
    }

    private static Duration duration(String path, @Nullable String text, InvalidFields invalid) {
        Duration read = invalid.read(path, text, DurationText::parse);
        return read == null ? Duration.ZERO : read;
    }

    private static String text(Delay delay) {
        return DurationText.format(delay.length());
    }

    private static @Nullable String jitter(Delay delay) {
        return delay.jitter().isZero() ? null : DurationText.format(delay.jitter());
    }
}
