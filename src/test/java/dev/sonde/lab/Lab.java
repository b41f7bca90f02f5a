package dev.sonde.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Two namespaces, `client` and `server`, with a link between them.
///
/// ```
/// client 10.77.0.1, fd77::1 ------ veth ------ 10.77.0.2, fd77::2 server (forwards)
/// ```
///
/// The client's default route leads to the server, so any other address is reached through it. ICMP
/// messages are not rate-limited. Closing removes everything; what a killed run left behind goes
/// when the next lab opens.
public final class Lab implements AutoCloseable {

    public static final String SERVER = "10.77.0.2";
    public static final String SERVER_V6 = "fd77::2";

    private static final String PREFIX = "sonde-lab-";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Namespace client;
    private final Namespace server;

    private Lab(Namespace client, Namespace server) {
        this.client = client;
        this.server = server;
    }

    /// Two namespaces without a link; skips the test where namespaces cannot be had.
    public static Lab openUnlinked() throws IOException {
        LabRequirement.rootWith("ip");
        String name = nextName();
        Namespace client = null;
        try {
            client = Namespace.create(name + "c");
        } catch (IOException e) {
            LabRequirement.check(false, e.getMessage());
        }
        try {
            return new Lab(client, Namespace.create(name + "s"));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /// The begin of the names of one lab's namespaces.
    static String nextName() throws IOException {
        removeLeftovers();
        return PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    /// Both namespaces and the link; skips the test where they, or `nft`, cannot be had.
    public static Lab open() throws IOException {
        LabRequirement.rootWith("ip", "nft");
        Lab lab = openUnlinked();
        try {
            lab.link();
            return lab;
        } catch (IOException e) {
            lab.close();
            throw e;
        }
    }

    public Namespace client() {
        return client;
    }

    public Namespace server() {
        return server;
    }

    /// A listener in the server's namespace.
    public ServerSocketChannel listen(String address, int port) throws IOException {
        return server.call(
                () -> ServerSocketChannel.open().bind(new InetSocketAddress(address, port)));
    }

    /// A blocking, unconnected channel in the client's namespace.
    public SocketChannel openClient() throws IOException {
        return client.call(SocketChannel::open);
    }

    private void link() throws IOException {
        for (Namespace side : List.of(client, server)) {
            side.sysctl("ipv4/icmp_ratelimit", 0);
            side.sysctl("ipv4/icmp_ratemask", 0); // or a filter's message takes a router's turn
            side.sysctl("ipv6/icmp/ratelimit", 0);
            side.sysctl("ipv6/conf/default/accept_dad", 0); // or every address waits a second
        }
        client.ip("link add veth0 type veth peer name veth0 netns " + server.name());
        client.ip(
                """
                address add 10.77.0.1/24 dev veth0
                address add fd77::1/64 dev veth0 nodad
                link set veth0 up
                """);
        server.ip(
                """
                address add 10.77.0.2/24 dev veth0
                address add fd77::2/64 dev veth0 nodad
                link set veth0 up
                """);
        client.ip(
                """
                route add default via 10.77.0.2
                route add ::/0 via fd77::2
                """);
        server.sysctl("ipv4/ip_forward", 1);
        server.sysctl("ipv6/conf/all/forwarding", 1);
    }

    /// Removes the namespaces of labs whose process is gone.
    private static synchronized void removeLeftovers() throws IOException {
        for (String line : Command.run(List.of("ip", "netns", "list"), "").lines().toList()) {
            String name = line.split(" ", 2)[0];
            if (name.startsWith(PREFIX) && !isRunning(name)) {
                Command.run(List.of("ip", "netns", "delete", name), "");
            }
        }
    }

    private static boolean isRunning(String name) {
        String pid = name.substring(PREFIX.length()).split("-", 2)[0];
        return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } finally {
            server.close();
        }
    }
}
