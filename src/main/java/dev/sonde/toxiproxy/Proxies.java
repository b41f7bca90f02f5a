package dev.sonde.toxiproxy;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Target;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Toxiproxy's proxies, which are the listeners with the behaviour proxy. Safe for any thread but
/// an event loop's.
final class Proxies {

    private final Listeners listeners;
    private final boolean isKept;

    /// @param isKept whether proxies outlive a restart
    Proxies(Listeners listeners, boolean isKept) {
        this.listeners = listeners;
        this.isKept = isKept;
    }

    Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        statuses().forEach(each -> all.put(name(each), ProxyView.of(each)));
        return all;
    }

    List<ListenerStatus> statuses() {
        return listeners.all().stream().filter(Proxies::isProxy).toList();
    }

    static String name(ListenerStatus status) {
        return ProxyNames.of(status.definition().spec());
    }

    private static boolean isProxy(ListenerStatus status) {
        return status.definition().spec().behaviour() instanceof Behaviour.Proxy;
    }

    static Behaviour.Proxy proxy(ListenerStatus status) {
        return (Behaviour.Proxy) status.definition().spec().behaviour();
    }

    ListenerStatus find(String name) {
        return statuses().stream()
                .filter(each -> name(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new ToxiproxyException(404, "proxy not found"));
    }

    /// @throws ToxiproxyException where a proxy of the name exists
    Map<String, Object> create(Body body) {
        String name = requireNames(body);
        if (statuses().stream().anyMatch(each -> name(each).equals(name))) {
            throw new ToxiproxyException(409, "proxy already exists");
        }
        return add(name, body);
    }

    /// Requires a name and an upstream.
    ///
    /// @return the proxy's name
    static String requireNames(Body body) {
        String name = body.text("name");
        if (name == null) {
            throw ToxiproxyException.missing("name");
        }
        if (body.text("upstream") == null) {
            throw ToxiproxyException.missing("upstream");
        }
        return name;
    }

    private Map<String, Object> add(String name, Body body) {
        Boolean enabled = body.flag("enabled");
        List<Fault> faults = body.children("toxics").stream().map(Toxic::create).toList();
        String upstream = Objects.requireNonNull(body.text("upstream"), "checked before");
        Behaviour.Proxy proxy =
                new Behaviour.Proxy(
                        target(upstream),
                        faults,
                        UpstreamFailure.CLOSE,
                        null,
                        enabled == null || enabled);
        String listen = body.text("listen");
        InetSocketAddress bind = GoAddress.parse(listen == null ? "127.0.0.1:0" : listen);
        return ProxyView.of(listeners.create(spec(name, bind, proxy)));
    }

    private ListenerSpec spec(String name, InetSocketAddress bind, Behaviour.Proxy proxy) {
        Map<String, String> labels = new HashMap<>();
        labels.put(ProxyNames.LABEL, name);
        if (!isKept) {
            labels.put(ListenerSpec.TRANSIENT, "true");
        }
        return ListenerSpec.of(ProxyNames.listener(name), bind, proxy).withLabels(labels);
    }

    private static Target target(String upstream) {
        try {
            return Target.parse(upstream);
        } catch (IllegalArgumentException e) {
            throw ToxiproxyException.badBody("upstream: " + e.getMessage());
        }
    }

    /// Changes a proxy; absent fields keep their value.
    Map<String, Object> update(String name, Body body) {
        ListenerStatus there = find(name);
        Behaviour.Proxy before = proxy(there);
        ListenerSpec spec = there.definition().spec();
        String listen = body.text("listen");
        String upstream = body.text("upstream");
        Boolean enabled = body.flag("enabled");
        Behaviour.Proxy wanted =
                before.withTo(upstream == null ? before.to() : target(upstream))
                        .withEnabled(enabled == null ? before.enabled() : enabled);
        boolean isMoved = listen != null && !GoAddress.parse(listen).equals(there.address());
        ListenerSpec changed = spec.withBehaviour(wanted);
        if (listen != null && isMoved) {
            changed = changed.withBind(GoAddress.parse(listen));
        }
        ListenerStatus now = replace(changed, isMoved && changed.bind().equals(spec.bind()));
        if (isMoved || !wanted.to().equals(before.to())) {
            listeners.endConnections(spec.name(), null, CloseMode.FIN);
        }
        return ProxyView.of(now);
    }

    /// @param isReopened whether it is to have another port that the kernel chooses
    private ListenerStatus replace(ListenerSpec changed, boolean isReopened) {
        if (isReopened) {
            listeners.delete(changed.name(), _ -> {});
            return listeners.create(changed);
        }
        return listeners.replace(changed, _ -> {}).status();
    }

    void delete(String name) {
        listeners.delete(find(name).name(), _ -> {});
    }

    /// Enables every proxy and removes every toxic.
    void reset() {
        for (ListenerStatus each : statuses()) {
            Behaviour.Proxy clean = proxy(each).withFaults(List.of()).withEnabled(true);
            if (!clean.equals(proxy(each))) {
                listeners.replace(each.definition().spec().withBehaviour(clean), _ -> {});
            }
        }
    }

    /// Creates or replaces a proxy, unless one like it exists.
    Map<String, Object> populate(Body body) {
        String name = requireNames(body);
        ListenerStatus there =
                statuses().stream()
                        .filter(each -> name(each).equals(name))
                        .findFirst()
                        .orElse(null);
        if (there == null) {
            return add(name, body);
        }
        if (isLike(there, body)) {
            return ProxyView.of(there);
        }
        listeners.delete(there.name(), _ -> {});
        return add(name, body);
    }

    private static boolean isLike(ListenerStatus there, Body body) {
        String listen = body.text("listen");
        InetSocketAddress bound = there.address();
        return listen != null
                && GoAddress.parse(listen).equals(bound)
                && proxy(there).to().toString().equals(body.text("upstream"));
    }
}
