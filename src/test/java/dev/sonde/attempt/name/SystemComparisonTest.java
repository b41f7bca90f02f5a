package dev.sonde.attempt.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.admission.Share;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.Ticker;
import dev.sonde.lab.Lab;
import dev.sonde.lab.LabRequirement;
import dev.sonde.lab.NameServer;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The resolver finds what the host's own programs find: compared with `getent` in a network
/// namespace with a name server, a `resolv.conf` and a hosts file of its own. Needs root.
class SystemComparisonTest {

    private static final String RESOLV_CONF =
            """
            nameserver 10.77.0.2
            search none.test x.test y.test
            options ndots:2 timeout:1 attempts:2
            """;

    private static final String HOSTS =
            """
            127.0.0.1 localhost
            ::1 localhost
            10.5.5.5 Box box-alias # a comment
            fd00::5 box
            """;

    private static final String[] NAMES = {
        "db",
        "db.x.test",
        "db.x.test.",
        "DB.X.TEST",
        "sub.db",
        "only.y",
        "alias.x.test",
        "six.x.test",
        "box",
        "box-alias",
        "localhost",
        "nothing",
        "nothing.x.test.",
        "empty.x.test",
    };

    @Test
    void resolverFindsWhatGetentFinds() throws IOException {
        LabRequirement.command("getent");
        try (Lab lab = Lab.open();
                NameServer server =
                        lab.server()
                                .call(
                                        () ->
                                                NameServer.start(
                                                        new InetSocketAddress(
                                                                InetAddress.ofLiteral("10.77.0.2"),
                                                                53)));
                EventLoop loop = new EventLoop("names", Ticker.system())) {
            server.with("db.x.test", "A 10.0.0.1, A 10.0.0.2, AAAA fd00::1")
                    .with("sub.db.x.test", "A 10.0.0.3")
                    .with("only.y.y.test", "A 10.0.0.4")
                    .with("alias.x.test", "CNAME db.x.test., A 10.0.0.1")
                    .with("six.x.test", "AAAA fd00::6")
                    .with("empty.x.test", "NOERROR");
            lab.client().etc("resolv.conf", RESOLV_CONF);
            lab.client().etc("hosts", HOSTS);
            lab.client()
                    .call(
                            () -> {
                                loop.start();
                                return true;
                            });
            ResolverFile config = ResolverFile.parse(RESOLV_CONF);
            HostsFile hosts = HostsFile.parse(HOSTS);
            DnsResolver resolver =
                    new DnsResolver(
                            loop,
                            new DnsResolver.Limits(100, 20, 20_000_000_000L),
                            () -> config,
                            () -> hosts);
            for (String name : NAMES) {
                assertThat(found(resolver, name, AddressFamily.IPV4))
                        .as(name)
                        .isEqualTo(getent(lab, "ahostsv4", name));
                assertThat(found(resolver, name, AddressFamily.IPV6))
                        .as("%s, IPv6", name)
                        .isEqualTo(getent(lab, "ahostsv6", name));
            }
        }
    }

    private static Set<String> found(DnsResolver resolver, String name, AddressFamily family) {
        CompletableFuture<Resolution> told = new CompletableFuture<>();
        resolver.resolve(
                new NameQuestion(Share.RESERVED, name, family, 0), () -> {}, told::complete);
        return told.join() instanceof Resolution.Found found
                ? found.addresses().stream().map(AddressText::of).collect(Collectors.toSet())
                : Set.of();
    }

    /// IPv4 addresses in the clothes of IPv6 are no addresses of that family.
    private static Set<String> getent(Lab lab, String database, String name) {
        return lab.client()
                .run("getent", database, name)
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .filter(address -> !address.startsWith("::ffff:"))
                .collect(Collectors.toSet());
    }
}
