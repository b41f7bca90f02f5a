package dev.sonde.toxiproxy;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.probe.spec.AddressText;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A proxy as Toxiproxy's API shows it.
final class ProxyView {

    private ProxyView() {}

    static Map<String, Object> of(ListenerStatus status) {
        Behaviour.Proxy proxy = Proxies.proxy(status);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", Proxies.name(status));
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
                    .forEach(fault -> toxics.add(ToxicView.of(fault)));
        }
        return toxics;
    }
}
