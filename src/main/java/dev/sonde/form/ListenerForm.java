package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.RecordingLimits;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import dev.sonde.tls.TlsServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// A listener as a person writes it, but for its name.
///
/// @param backlog a number, or the object of a view
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListenerForm(
        @Nullable String bind,
        @Nullable Object backlog,
        @JsonDeserialize(using = BehaviourFormReader.class) @Nullable BehaviourForm behaviour,
        @Nullable LimitsForm limits,
        @Nullable String ttl,
        @Nullable RecordForm record,
        @Nullable ListenerTlsForm tls,
        @Nullable Map<String, String> labels) {

    /// The form of this listener.
    public static ListenerForm of(ListenerSpec spec) {
        Duration ttl = spec.ttl();
        return new ListenerForm(
                AddressText.of(spec.bind()),
                spec.backlog(),
                BehaviourForm.of(spec.behaviour()),
                LimitsForm.of(spec.limits()),
                ttl == null ? null : DurationText.format(ttl),
                RecordForm.of(spec.record()),
                ListenerTlsForm.of(spec.tls()),
                spec.labels().isEmpty() ? null : new TreeMap<>(spec.labels()));
    }

    /// The same with what its behaviour sends hidden.
    public ListenerForm withoutSent() {
        BehaviourForm hidden = behaviour == null ? null : behaviour.withoutSent();
        return new ListenerForm(bind, backlog, hidden, limits, ttl, record, tls, labels);
    }

    /// The listener of this form.
    ///
    /// @param invalid errors so far; collects those of this form
    /// @throws InvalidRequestException with all errors
    public ListenerSpec toSpec(String name, InvalidFields invalid) {
        InetSocketAddress address =
                invalid.read(
                        "bind",
                        bind,
                        invalid.keeps(bind) ? AddressText::parseEndpoint : ListenerForm::address);
        if (bind == null) {
            invalid.add("bind", null, "an address and a port are expected, such as 127.0.0.1:0");
        }
        int wanted = backlog(invalid);
        Behaviour meets = BehaviourForm.read("behaviour", behaviour, invalid);
        Limits bounds = limits == null ? Limits.USUAL : limits.toLimits(invalid);
        Duration life = invalid.read("ttl", ttl, DurationText::parse);
        RecordingLimits kept = record == null ? RecordingLimits.USUAL : record.toRecording(invalid);
        TlsServerSettings secured = tls == null ? null : tls.toSettings(invalid);
        invalid.throwIfAny();
        if (address == null || meets == null || bounds == null || kept == null) {
            throw new IllegalStateException("unreachable: throwIfAny would have thrown");
        }
        try {
            return new ListenerSpec(
                    name,
                    address,
                    wanted,
                    meets,
                    bounds,
                    life,
                    kept,
                    secured,
                    labels == null ? Map.of() : labels);
        } catch (InvalidListenerException e) {
            throw ListenerFault.problem(e);
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
                "a whole number from 1 to %d is expected, without quotes"
                        .formatted(ListenerSpec.LARGEST_BACKLOG));
        return ListenerSpec.USUAL_BACKLOG;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        boolean isAnyPort = text.endsWith(":0");
        if (colon < 1) {
            throw new IllegalArgumentException("an address and a port, such as 127.0.0.1:0");
        }
        // Port 0 is no target, but here it has a meaning.
        Target target = Target.parseHere(isAnyPort ? text.substring(0, colon) + ":1" : text);
        try {
            InetAddress address =
                    target.address()
                            .orElseThrow(
                                    () -> new IllegalArgumentException("an address, not a name"));
            return new InetSocketAddress(address, isAnyPort ? 0 : target.port());
        } catch (InterfaceGoneException e) {
            throw new IllegalArgumentException(e.sentence(), e);
        }
    }
}
