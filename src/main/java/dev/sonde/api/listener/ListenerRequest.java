package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.body.SentBackAs;
import dev.sonde.api.request.DurationText;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.RecordingLimits;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Target;
import dev.sonde.problem.InvalidFields;
import dev.sonde.tls.TlsServerSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A listener as a request describes it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@SentBackAs(ListenerView.class)
@Schema(name = "ListenerRequest", description = "A TCP listener, and what connections meet there")
record ListenerRequest(
        @Schema(
                        description = "May be left out where the path has it",
                        pattern = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?",
                        example = "slow-db")
                @Nullable String name,
        @Schema(
                        description = "a.b.c.d:port or [v6]:port; port 0 is the kernel's choice",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "127.0.0.1:0")
                @Nullable String bind,
        @Schema(
                        description =
                                "Connections that may wait for accept, 128 when absent; the kernel may"
                                        + " lower it and admits one more. The view's object is taken"
                                        + " too",
                        implementation = Integer.class,
                        minimum = "1",
                        maximum = "65535",
                        example = "128")
                @Nullable Object backlog,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable BehaviourBody behaviour,
        @Nullable LimitsBody limits,
        @Schema(description = "How long it listens; without end when absent", example = "1h")
                @Nullable String ttl,
        @Nullable RecordBody record,
        @Nullable ListenerTlsBody tls,
        @Schema(
                        description = "Up to 32; one with transient=true is forgotten at a restart",
                        example = "{\"run\": \"42\"}")
                @Nullable Map<String, String> labels) {

    /// The listener that it stands for.
    ///
    /// @param pathName the name in the path, if it has one
    ListenerSpec toSpec(@Nullable String pathName) {
        InvalidFields invalid = new InvalidFields();
        String named = name(pathName, invalid);
        InetSocketAddress address = invalid.read("bind", bind, ListenerRequest::address);
        if (bind == null) {
            invalid.add("bind", null, "an address and a port are expected, such as 127.0.0.1:0");
        }
        int wanted = backlog(invalid);
        Behaviour meets = BehaviourReader.read(behaviour, invalid);
        Limits bounds = limits == null ? Limits.USUAL : limits.toLimits(invalid);
        Duration life = invalid.read("ttl", ttl, DurationText::parse);
        RecordingLimits kept = record == null ? RecordingLimits.USUAL : record.toRecording(invalid);
        TlsServerSettings secured = tls == null ? null : tls.toSettings(invalid);
        invalid.throwIfAny();
        if (address == null || meets == null || bounds == null || kept == null) {
            throw new IllegalStateException("missing, and nobody said so");
        }
        try {
            return new ListenerSpec(
                    named,
                    address,
                    wanted,
                    meets,
                    bounds,
                    life,
                    kept,
                    secured,
                    labels == null ? Map.of() : labels);
        } catch (InvalidListenerException e) {
            throw InvalidListeners.problem(e);
        }
    }

    /// A number, or the object of a view that is sent back.
    private int backlog(InvalidFields invalid) {
        Object given =
                backlog instanceof Map<?, ?> view
                                && Set.of("requested", "effective").containsAll(view.keySet())
                        ? view.get("requested")
                        : backlog;
        if (given == null || given instanceof Integer) {
            return invalid.number(
                    "backlog",
                    (Integer) given,
                    ListenerSpec.LARGEST_BACKLOG,
                    ListenerSpec.USUAL_BACKLOG);
        }
        invalid.add(
                "backlog",
                given instanceof Map ? null : given,
                "a whole number is expected, without quotes");
        return ListenerSpec.USUAL_BACKLOG;
    }

    /// The request that would make this definition.
    static ListenerRequest of(StoredListener definition) {
        ListenerSpec spec = definition.spec();
        Duration ttl = spec.ttl();
        return new ListenerRequest(
                spec.name(),
                AddressText.of(spec.bind()),
                spec.backlog(),
                BehaviourBody.of(spec.behaviour()),
                LimitsBody.of(spec.limits()),
                ttl == null ? null : DurationText.format(ttl),
                RecordBody.of(spec.record()),
                ListenerTlsBody.of(spec.tls()),
                spec.labels().isEmpty() ? null : new TreeMap<>(spec.labels()));
    }

    private String name(@Nullable String pathName, InvalidFields invalid) {
        String named = name != null ? name : pathName;
        if (named == null) {
            invalid.add("name", null, "a name is expected");
            return "";
        }
        if (pathName != null && !pathName.equals(named)) {
            invalid.add("name", name, "the name in the path, or left out");
        }
        return named;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        boolean isAnyPort = text.endsWith(":0");
        if (colon < 1) {
            throw new IllegalArgumentException("an address and a port, such as 127.0.0.1:0");
        }
        // Port 0 is no target, but here it has a meaning.
        Target target = Target.parseHere(isAnyPort ? text.substring(0, colon) + ":1" : text);
        InetAddress address =
                target.address()
                        .orElseThrow(() -> new IllegalArgumentException("an address, not a name"));
        return new InetSocketAddress(address, isAnyPort ? 0 : target.port());
    }
}
