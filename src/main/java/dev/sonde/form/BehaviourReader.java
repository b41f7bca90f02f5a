package dev.sonde.form;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a behaviour out of a request; a field that its type does not have is refused.
public final class BehaviourReader {

    private static final Map<String, Set<String>> FIELDS =
            Map.ofEntries(
                    Map.entry("close", Set.of("after")),
                    Map.entry("reset", Set.of("after")),
                    Map.entry("discard", Set.of()),
                    Map.entry("echo", Set.of("delay")),
                    Map.entry("hold", Set.of()),
                    Map.entry("banner", Set.of("data", "thenClose")),
                    Map.entry("dialogue", Set.of("steps")),
                    Map.entry("stream", Set.of("bytes", "chunk", "every")),
                    Map.entry("stall", Set.of()),
                    Map.entry("never_accept", Set.of()),
                    Map.entry("queue_full", Set.of()),
                    Map.entry("half_establish", Set.of()),
                    Map.entry("refuse", Set.of()),
                    Map.entry(
                            "proxy",
                            Set.of("to", "faults", "onUpstreamFailure", "upstreamTls", "enabled")));

    private final BehaviourForm body;
    private final InvalidFields invalid;

    private BehaviourReader(BehaviourForm body, InvalidFields invalid) {
        this.body = body;
        this.invalid = invalid;
    }

    public static @Nullable Behaviour read(@Nullable BehaviourForm body, InvalidFields invalid) {
        if (body == null) {
            invalid.add("behaviour", null, "an object with a type is expected");
            return null;
        }
        return new BehaviourReader(body, invalid).read();
    }

    private @Nullable Behaviour read() {
        String type = body.type();
        Set<String> fields = type == null ? null : FIELDS.get(type);
        if (type == null || fields == null) {
            invalid.add(
                    "behaviour.type",
                    type,
                    "one of " + String.join(", ", FIELDS.keySet().stream().sorted().toList()));
            return null;
        }
        given().forEach(
                        (field, value) -> {
                            if (value != null && !fields.contains(field)) {
                                invalid.add("behaviour." + field, null, "not a field of " + type);
                            }
                        });
        try {
            return make(type);
        } catch (InvalidListenerException e) {
            ListenerFault.note(e, invalid);
            return null;
        }
    }

    private Map<String, @Nullable Object> given() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("after", body.after());
        given.put("delay", body.delay());
        given.put("data", body.data());
        given.put("thenClose", body.thenClose());
        given.put("steps", body.steps());
        given.put("bytes", body.bytes());
        given.put("chunk", body.chunk());
        given.put("every", body.every());
        given.put("to", body.to());
        given.put("faults", body.faults());
        given.put("onUpstreamFailure", body.onUpstreamFailure());
        given.put("upstreamTls", body.upstreamTls());
        given.put("enabled", body.enabled());
        return given;
    }

    private @Nullable Behaviour make(String type) {
        return switch (type) {
            case "close" -> new Behaviour.Close(duration("behaviour.after", body.after()));
            case "reset" -> new Behaviour.Reset(duration("behaviour.after", body.after()));
            case "discard" -> new Behaviour.Discard();
            case "echo" -> new Behaviour.Echo(duration("behaviour.delay", body.delay()));
            case "hold" -> new Behaviour.Hold();
            case "banner" -> banner();
            case "dialogue" -> dialogue();
            case "stream" ->
                    new Behaviour.Stream(
                            body.bytes(),
                            body.chunk() == null ? BehaviourForm.USUAL_CHUNK : body.chunk(),
                            duration("behaviour.every", body.every()));
            case "stall" -> new Behaviour.Stall();
            case "never_accept" -> new Behaviour.NeverAccept();
            case "proxy" -> proxy();
            case "refuse" -> new Behaviour.Refuse();
            case "queue_full" -> new Behaviour.QueueFull();
            default -> new Behaviour.HalfEstablish();
        };
    }

    private @Nullable Behaviour banner() {
        if (body.data() == null) {
            invalid.add("behaviour.data", null, "text, or {\"base64\": \"...\"}, is expected");
        }
        Payload data = BytesForm.read("behaviour.data", body.data(), invalid);
        Boolean thenClose = body.thenClose();
        return data == null ? null : new Behaviour.Banner(data, thenClose != null && thenClose);
    }

    private @Nullable Behaviour proxy() {
        if (body.to() == null) {
            invalid.add("behaviour.to", null, "host:port of the upstream is expected");
        }
        Target to = invalid.read("behaviour.to", body.to(), Target::parse);
        List<Fault> faults = FaultReader.read("behaviour.faults", body.faults(), invalid);
        UpstreamFailure onFailure =
                invalid.word(
                        "behaviour.onUpstreamFailure",
                        body.onUpstreamFailure(),
                        UpstreamFailure.CLOSE);
        StepSettings tls =
                body.upstreamTls() == null
                        ? null
                        : body.upstreamTls().toSettings("behaviour.upstreamTls", invalid);
        return to == null
                ? null
                : new Behaviour.Proxy(
                        to,
                        faults,
                        onFailure,
                        tls instanceof TlsSettings settings ? settings : null,
                        body.enabled() == null || body.enabled());
    }

    private @Nullable Behaviour dialogue() {
        List<@Nullable DialogueStepForm> given = body.steps();
        if (given == null) {
            invalid.add("behaviour.steps", null, "an array of steps is expected");
            return null;
        }
        List<DialogueStep> steps = DialogueStepForm.read("behaviour.steps", given, invalid);
        return steps == null ? null : new Behaviour.Dialogue(steps);
    }

    private Duration duration(String path, @Nullable String text) {
        Duration read = invalid.read(path, text, DurationText::parse);
        return read == null ? Duration.ZERO : read;
    }
}
