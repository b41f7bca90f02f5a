package dev.sonde.toxiproxy;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionCounts;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.probe.spec.AddressText;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.ToLongFunction;

/// The bytes of proxies as Prometheus reads them, under Toxiproxy's names.
final class ProxyFigures {

    private ProxyFigures() {}

    static String text(List<ListenerStatus> proxies) {
        StringBuilder text = new StringBuilder();
        add(text, "received", proxies, ConnectionCounts::bytesIn, ConnectionCounts::upstreamIn);
        add(text, "sent", proxies, ConnectionCounts::upstreamOut, ConnectionCounts::bytesOut);
        return text.toString();
    }

    private static void add(
            StringBuilder text,
            String what,
            List<ListenerStatus> proxies,
            ToLongFunction<ConnectionCounts> upstream,
            ToLongFunction<ConnectionCounts> downstream) {
        String name = "toxiproxy_proxy_" + what + "_bytes_total";
        text.append("# TYPE ").append(name).append(" counter\n");
        for (ListenerStatus each : proxies) {
            line(text, name, "upstream", each, upstream);
            line(text, name, "downstream", each, downstream);
        }
    }

    private static void line(
            StringBuilder text,
            String name,
            String direction,
            ListenerStatus status,
            ToLongFunction<ConnectionCounts> value) {
        InetSocketAddress address = status.address();
        String to =
                status.definition().spec().behaviour() instanceof Behaviour.Proxy proxy
                        ? proxy.to().toString()
                        : "";
        text.append(name)
                .append("{direction=\"")
                .append(direction)
                .append("\",listener=\"")
                .append(address == null ? "" : AddressText.of(address))
                .append("\",proxy=\"")
                .append(escaped(ProxyView.name(status)))
                .append("\",upstream=\"")
                .append(escaped(to))
                .append("\"} ")
                .append(value.applyAsLong(status.connections()))
                .append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
