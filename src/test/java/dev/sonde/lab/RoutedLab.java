package dev.sonde.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A client and a server with two routers between them.
///
/// ```
/// client 10.78.0.1 -- 10.78.0.2 r1 10.78.1.1 -- 10.78.1.2 r2 10.78.2.1 -- 10.78.2.2 server
///        fd78:0::1 --       ::2            1::1 --       ::2            2::1 --       ::2
/// ```
///
/// ICMP messages are not rate-limited. Needs root.
public final class RoutedLab implements AutoCloseable {

    public static final String SERVER = "10.78.2.2";
    public static final String SERVER_V6 = "fd78:2::2";

    private final List<Namespace> hosts;

    private RoutedLab(List<Namespace> hosts) {
        this.hosts = hosts;
    }

    /// Skips the test where namespaces, or `nft`, cannot be had.
    public static RoutedLab open() throws IOException {
        LabRequirement.rootWith("ip", "nft");
        List<Namespace> hosts = new ArrayList<>();
        RoutedLab lab = new RoutedLab(hosts);
        try {
            String name = Lab.nextName();
            for (String each : List.of("c", "q", "r", "s")) {
                hosts.add(Namespace.create(name + each));
            }
            lab.link();
            return lab;
        } catch (IOException e) {
            lab.close();
            throw e;
        }
    }

    public Namespace client() {
        return hosts.get(0);
    }

    /// The router of a number, 1 or 2 from the client on.
    public Namespace router(int number) {
        return hosts.get(number);
    }

    public Namespace server() {
        return hosts.get(3);
    }

    /// A listener in the server's namespace.
    public ServerSocketChannel listen(String address, int port) throws IOException {
        return server().call(
                        () ->
                                ServerSocketChannel.open()
                                        .bind(new InetSocketAddress(address, port)));
    }

    private void link() throws IOException {
        for (Namespace host : hosts) {
            host.sysctl("ipv4/icmp_ratelimit", 0);
            host.sysctl("ipv4/icmp_ratemask", 0);
            host.sysctl("ipv6/icmp/ratelimit", 0);
            host.sysctl("ipv6/conf/default/accept_dad", 0);
            host.sysctl("ipv4/ip_forward", 1);
            host.sysctl("ipv6/conf/all/forwarding", 1);
        }
        for (int i = 0; i < 3; i++) {
            Namespace left = hosts.get(i);
            Namespace right = hosts.get(i + 1);
            left.ip("link add right type veth peer name left netns " + right.name());
            left.ip(addresses("right", i, 1));
            right.ip(addresses("left", i, 2));
        }
        hosts.get(0).ip(defaults("10.78.0.2", "fd78:0::2"));
        hosts.get(1).ip(defaults("10.78.1.2", "fd78:1::2"));
        hosts.get(2)
                .ip("route add 10.78.0.0/24 via 10.78.1.1\nroute add fd78:0::/64 via fd78:1::1");
        hosts.get(3).ip(defaults("10.78.2.1", "fd78:2::1"));
    }

    private static String addresses(String device, int network, int host) {
        return """
        address add 10.78.%1$d.%2$d/24 dev %3$s
        address add fd78:%1$d::%2$d/64 dev %3$s nodad
        link set %3$s up
        """
                .formatted(network, host, device);
    }

    private static String defaults(String gateway, String gatewayV6) {
        return "route add default via %s\nroute add ::/0 via %s".formatted(gateway, gatewayV6);
    }

    @Override
    public void close() throws IOException {
        for (Namespace host : hosts) {
            host.close();
        }
    }
}
