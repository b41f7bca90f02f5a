package dev.sonde.toxiproxy;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The toxics of Toxiproxy's proxies, which are the faults of their listeners. Safe for any thread
/// but an event loop's.
final class ToxicRegistry {

    private final Listeners listeners;
    private final Proxies proxies;

    ToxicRegistry(Listeners listeners, Proxies proxies) {
        this.listeners = listeners;
        this.proxies = proxies;
    }

    List<Map<String, Object>> all(String proxy) {
        return ProxyView.toxics(Proxies.proxy(proxies.find(proxy)));
    }

    Map<String, Object> find(String proxy, String toxic) {
        return ToxicView.of(fault(Proxies.proxy(proxies.find(proxy)), toxic));
    }

    private static Fault fault(Behaviour.Proxy proxy, String name) {
        return proxy.faults().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ToxiproxyException(404, "toxic not found"));
    }

    Map<String, Object> add(String proxy, Body body) {
        ListenerStatus there = proxies.find(proxy);
        Fault fault = Toxic.create(body);
        List<Fault> faults = new ArrayList<>(Proxies.proxy(there).faults());
        if (faults.stream().anyMatch(each -> each.name().equals(fault.name()))) {
            throw new ToxiproxyException(409, "toxic already exists");
        }
        faults.add(fault);
        setFaults(there, faults);
        return ToxicView.of(fault);
    }

    Map<String, Object> update(String proxy, String toxic, Body body) {
        ListenerStatus there = proxies.find(proxy);
        Fault changed = Toxic.update(fault(Proxies.proxy(there), toxic), body);
        setFaults(there, replaced(Proxies.proxy(there), _ -> changed, changed.name()));
        return ToxicView.of(changed);
    }

    private static List<Fault> replaced(
            Behaviour.Proxy proxy, UnaryOperator<Fault> change, String name) {
        return proxy.faults().stream()
                .map(each -> each.name().equals(name) ? change.apply(each) : each)
                .toList();
    }

    void delete(String proxy, String toxic) {
        ListenerStatus there = proxies.find(proxy);
        Fault gone = fault(Proxies.proxy(there), toxic);
        setFaults(
                there,
                Proxies.proxy(there).faults().stream().filter(each -> !each.equals(gone)).toList());
    }

    private void setFaults(ListenerStatus there, List<Fault> faults) {
        ListenerSpec spec = there.definition().spec();
        listeners.replace(spec.withBehaviour(Proxies.proxy(there).withFaults(faults)), _ -> {});
    }
}
