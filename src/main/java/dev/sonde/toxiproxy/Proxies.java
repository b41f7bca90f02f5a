package dev.sonde.toxiproxy;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

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
        statuses().forEach(each -> all.put(name(each), view(each)));
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

    private static Behaviour.Proxy proxy(ListenerStatus status) {
        return (Behaviour.Proxy) status.definition().spec().behaviour();
    }

    ListenerStatus find(String name) {
        return statuses().stream()
                .filter(each -> name(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new ToxiproxyException(404, "proxy not found"));
    }

    static Map<String, Object> view(ListenerStatus status) {
        Behaviour.Proxy proxy = proxy(status);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", name(status));
        view.put("listen", listen(status));
        view.put("upstream", proxy.to().toString());
        view.put("enabled", proxy.enabled());
        view.put("toxics", toxics(proxy));
        return view;
    }

    private static String listen(ListenerStatus status) {
        InetSocketAddress address = status.address();
        return AddressText.of(address == null ? status.definition().spec().bind() : address);
    }

    /// Those towards the upstream first.
    static List<Map<String, Object>> toxics(Behaviour.Proxy proxy) {
        List<Map<String, Object>> toxics = new ArrayList<>();
        for (FaultDirection direction :
                List.of(FaultDirection.TO_UPSTREAM, FaultDirection.TO_CLIENT)) {
            proxy.faults().stream()
                    .filter(fault -> fault.direction() == direction)
                    .forEach(fault -> toxics.add(Toxic.view(fault)));
        }
        return toxics;
    }

    List<Map<String, Object>> toxics(String name) {
        return toxics(proxy(find(name)));
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
        InetSocketAddress bind = address(listen == null ? "127.0.0.1:0" : listen);
        return view(listeners.create(spec(name, bind, proxy)));
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

    /// Reads an address as Go's `net.Listen` does: names are looked up, and the host may be empty.
    private static InetSocketAddress address(String listen) {
        int colon = listen.lastIndexOf(':');
        String host = colon < 0 ? "" : listen.substring(0, colon);
        try {
            int port = Integer.parseInt(listen.substring(colon + 1));
            InetAddress address =
                    InetAddress.getByName(host.isEmpty() ? "0.0.0.0" : withoutBrackets(host));
            return new InetSocketAddress(address, port);
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw ToxiproxyException.badBody("listen: expected host:port, not " + listen);
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
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
        boolean isMoved = listen != null && !address(listen).equals(there.address());
        ListenerSpec changed = spec.withBehaviour(wanted);
        if (listen != null && isMoved) {
            changed = changed.withBind(address(listen));
        }
        ListenerStatus now = replace(changed, isMoved && changed.bind().equals(spec.bind()));
        if (isMoved || !wanted.to().equals(before.to())) {
            listeners.endConnections(spec.name(), null, CloseMode.FIN);
        }
        return view(now);
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

    Map<String, Object> toxic(String proxy, String toxic) {
        return Toxic.view(fault(proxy(find(proxy)), toxic));
    }

    private static Fault fault(Behaviour.Proxy proxy, String name) {
        return proxy.faults().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ToxiproxyException(404, "toxic not found"));
    }

    Map<String, Object> addToxic(String proxy, Body body) {
        ListenerStatus there = find(proxy);
        Fault fault = Toxic.create(body);
        List<Fault> faults = new ArrayList<>(proxy(there).faults());
        if (faults.stream().anyMatch(each -> each.name().equals(fault.name()))) {
            throw new ToxiproxyException(409, "toxic already exists");
        }
        faults.add(fault);
        setFaults(there, faults);
        return Toxic.view(fault);
    }

    Map<String, Object> updateToxic(String proxy, String toxic, Body body) {
        ListenerStatus there = find(proxy);
        Fault changed = Toxic.update(fault(proxy(there), toxic), body);
        setFaults(there, replaced(proxy(there), _ -> changed, changed.name()));
        return Toxic.view(changed);
    }

    private static List<Fault> replaced(
            Behaviour.Proxy proxy, UnaryOperator<Fault> change, String name) {
        return proxy.faults().stream()
                .map(each -> each.name().equals(name) ? change.apply(each) : each)
                .toList();
    }

    void deleteToxic(String proxy, String toxic) {
        ListenerStatus there = find(proxy);
        Fault gone = fault(proxy(there), toxic);
        setFaults(
                there, proxy(there).faults().stream().filter(each -> !each.equals(gone)).toList());
    }

    private void setFaults(ListenerStatus there, List<Fault> faults) {
        ListenerSpec spec = there.definition().spec();
        listeners.replace(spec.withBehaviour(proxy(there).withFaults(faults)), _ -> {});
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
            return view(there);
        }
        listeners.delete(there.name(), _ -> {});
        return add(name, body);
    }

    private static boolean isLike(ListenerStatus there, Body body) {
        String listen = body.text("listen");
        InetSocketAddress bound = there.address();
        return listen != null
                && address(listen).equals(bound)
                && proxy(there).to().toString().equals(body.text("upstream"));
    }
}
