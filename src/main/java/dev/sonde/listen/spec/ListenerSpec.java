package dev.sonde.listen.spec;

import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.ProbeLabels;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.probe.spec.Target;
import dev.sonde.tls.TlsServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The definition of a listener.
///
/// @param bind address; port 0 leaves the choice to the kernel. Unresolved when its interface is
///     gone
/// @param backlog connections that may wait for accept; the kernel may lower it and admits one more
/// @param tls settings of the handshake, before the behaviour or at a step of its dialogue; in
///     clear when absent
/// @param labels by key
/// @param ttl how long it listens, from its creation or replacement
public record ListenerSpec(
        String name,
        InetSocketAddress bind,
        int backlog,
        Behaviour behaviour,
        Limits limits,
        @Nullable Duration ttl,
        RecordingLimits record,
        @Nullable TlsServerSettings tls,
        Map<String, String> labels) {

    /// The label of a listener that a restart forgets, with the value `true`.
    public static final String TRANSIENT = "transient";

    public static final int USUAL_BACKLOG = 128;
    public static final int LARGEST_BACKLOG = 65_535;

    public ListenerSpec {
        if (!ResourceName.isValid(name)) {
            throw new InvalidListenerException(
                    "name",
                    name,
                    "1 to 63 of a-z, 0-9, \"-\" and \".\", the first and the last a letter or digit");
        }
        if (bind.isUnresolved() && bind.getHostString().indexOf('%') < 0) {
            throw new InvalidListenerException(
                    "bind", bind.getHostString(), "an address, not a name");
        }
        Bounds.number("backlog", backlog, 1, LARGEST_BACKLOG);
        for (Behaviour.Part part : behaviour.parts()) {
            requirePossible("behaviour" + part.path(), part.behaviour(), bind, limits, tls);
        }
        if (ttl != null) {
            Bounds.limit("ttl", ttl);
        }
        labels = requireLabels(labels);
        if (tls != null && !behaviour.accepts() && !(behaviour instanceof Behaviour.Proxy)) {
            throw new InvalidListenerException(
                    "tls",
                    null,
                    behaviour.type() + " accepts nothing, so no handshake would take place");
        }
    }

    private static void requirePossible(
            String path,
            Behaviour behaviour,
            InetSocketAddress bind,
            Limits limits,
            @Nullable TlsServerSettings tls) {
        limits.requireRoomFor(path, behaviour);
        requireOtherUpstream(path, bind, behaviour);
        if (tls == null && behaviour instanceof Behaviour.Dialogue dialogue) {
            DialogueRules.requireTls(path, dialogue.steps());
        }
    }

    /// Refuses a proxy that leads to itself.
    private static void requireOtherUpstream(
            String path, InetSocketAddress bind, Behaviour behaviour) {
        if (behaviour instanceof Behaviour.Proxy proxy
                && proxy.to().port() == bind.getPort()
                && isAt(proxy.to(), bind.getAddress())) {
            throw new InvalidListenerException(
                    path + ".to", proxy.to(), "the listener itself, which would be a loop");
        }
    }

    private static boolean isAt(Target target, @Nullable InetAddress address) {
        try {
            return target.address().filter(to -> to.equals(address)).isPresent();
        } catch (InterfaceGoneException _) {
            return false; // nothing listens on an interface that is gone
        }
    }

    private static Map<String, String> requireLabels(Map<String, String> labels) {
        try {
            return ProbeLabels.requireValid(labels);
        } catch (IllegalArgumentException e) {
            throw new InvalidListenerException("labels", null, String.valueOf(e.getMessage()));
        }
    }

    /// A spec without labels.
    public ListenerSpec(
            String name,
            InetSocketAddress bind,
            int backlog,
            Behaviour behaviour,
            Limits limits,
            @Nullable Duration ttl,
            RecordingLimits record,
            @Nullable TlsServerSettings tls) {
        this(name, bind, backlog, behaviour, limits, ttl, record, tls, Map.of());
    }

    /// Whether a restart forgets it.
    public boolean isTransient() {
        return "true".equals(labels.get(TRANSIENT));
    }

    public ListenerSpec withLabels(Map<String, String> others) {
        return new ListenerSpec(name, bind, backlog, behaviour, limits, ttl, record, tls, others);
    }

    /// With the usual backlog, limits and recording, and no end.
    public static ListenerSpec of(String name, InetSocketAddress bind, Behaviour behaviour) {
        return new ListenerSpec(
                name,
                bind,
                USUAL_BACKLOG,
                behaviour,
                Limits.USUAL,
                null,
                RecordingLimits.USUAL,
                null);
    }

    public ListenerSpec withBehaviour(Behaviour other) {
        return new ListenerSpec(name, bind, backlog, other, limits, ttl, record, tls, labels);
    }

    public ListenerSpec withBacklog(int other) {
        return new ListenerSpec(name, bind, other, behaviour, limits, ttl, record, tls, labels);
    }

    public ListenerSpec withBind(InetSocketAddress other) {
        return new ListenerSpec(name, other, backlog, behaviour, limits, ttl, record, tls, labels);
    }

    public ListenerSpec withLimits(Limits other) {
        return new ListenerSpec(name, bind, backlog, behaviour, other, ttl, record, tls, labels);
    }

    public ListenerSpec withTtl(@Nullable Duration other) {
        return new ListenerSpec(name, bind, backlog, behaviour, limits, other, record, tls, labels);
    }

    public ListenerSpec withRecord(RecordingLimits other) {
        return new ListenerSpec(name, bind, backlog, behaviour, limits, ttl, other, tls, labels);
    }

    public ListenerSpec withTls(@Nullable TlsServerSettings other) {
        return new ListenerSpec(name, bind, backlog, behaviour, limits, ttl, record, other, labels);
    }

    /// Whether a socket opened for this one serves the other as well. The receive buffer of a
    /// stalling listener has to be set before it is bound.
    public boolean sharesSocketWith(ListenerSpec other) {
        return bind.equals(other.bind) && backlog == other.backlog && stalls() == other.stalls();
    }

    public boolean stalls() {
        return behaviour instanceof Behaviour.Stall;
    }
}
