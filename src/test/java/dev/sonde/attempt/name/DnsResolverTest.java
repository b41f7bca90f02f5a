package dev.sonde.attempt.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.admission.Share;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.Ticker;
import dev.sonde.lab.NameServer;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Look-ups by DNS against a name server that answers as it is told.
class DnsResolverTest {

    private static final long REUSE = TimeUnit.SECONDS.toNanos(30);
    private static final String HOSTS = "10.9.9.9 Named.test\n::1 six.test\n";

    private NameServer server;
    private EventLoop loop;

    @BeforeEach
    void open() throws IOException {
        server = NameServer.start();
        loop = new EventLoop("names", Ticker.system());
        loop.start();
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A 10.0.0.1                        | ANY  | 10.0.0.1",
                "A 10.0.0.1, AAAA 2001:db8::1      | ANY  | 10.0.0.1 2001:db8::1",
                "A 10.0.0.1, AAAA 2001:db8::1      | IPV6 | 2001:db8::1",
                "CNAME b.test., CNAME c.test., A 10.0.0.2 | ANY | 10.0.0.2",
                "A 10.0.0.1                        | IPV6 | no_address exists and has no IPv6 address",
                "CNAME b.test., CNAME a.test.      | ANY  | no_address a.test -> b.test -> a.test",
                "NXDOMAIN                          | ANY  | name_not_found NXDOMAIN",
                "SERVFAIL                          | ANY  | name_service_failed SERVFAIL",
                "REFUSED                           | ANY  | name_service_failed REFUSED",
                "SILENT                            | ANY  | resolve_timed_out did not answer in time",
            })
    void answerDecides(String answer, AddressFamily family, String expected) {
        server.with("a.test", answer);
        String told = text(ask(resolver(200, server.address()), "a.test", family, 0).join());
        assertThat(told).startsWith(expected.split(" ", 2)[0]).contains(expected.split(" ", 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A 10.0.0.1                     | a.test     | DNS NOERROR null 60",
                "CNAME b.test., A 10.0.0.2      | a.test     | DNS NOERROR [a.test, b.test] 60",
                "NXDOMAIN                       | a.test     | DNS NXDOMAIN null 0",
                "SERVFAIL                       | a.test     | DNS SERVFAIL null 0",
                "SILENT                         | a.test     | DNS null null null",
                "A 10.0.0.1                     | named.test | HOSTS_FILE null null null",
            })
    void evidenceIsThatOfTheAnswer(String answer, String host, String expected) {
        server.with("a.test", answer);
        NameEvidence found =
                ask(resolver(200, server.address()), host, AddressFamily.IPV4, 0).join().evidence();
        assertThat(found).isNotNull();
        assertThat(
                        "%s %s %s %s"
                                .formatted(
                                        found.source(),
                                        found.code(),
                                        found.aliases(),
                                        found.ttlSeconds()))
                .isEqualTo(expected);
        boolean isDns = found.source() == NameEvidence.Source.DNS;
        assertThat(found.server()).isEqualTo(isDns ? AddressText.of(server.address()) : null);
        assertThat(found.fromCache()).isEqualTo(isDns ? false : null);
        assertThat(found.rttMicros() != null).isEqualTo(found.code() != null);
    }

    @Test
    void evidenceReportsThatAnAnswerIsUsedAgain() {
        server.with("a.test", "A 10.0.0.1");
        DnsResolver resolver = resolver(5_000, server.address());
        List<Boolean> fromCache = new ArrayList<>();
        for (long reuse : new long[] {REUSE, REUSE, 0}) {
            Resolution found = ask(resolver, "a.test", AddressFamily.IPV4, reuse).join();
            fromCache.add(Objects.requireNonNull(found.evidence()).fromCache());
        }
        assertThat(fromCache).containsExactly(false, true, false);
    }

    @Test
    void answerThatFitsIntoNoDatagramComesByTcp() {
        server.with("a.test", "LARGE");
        Resolution found =
                ask(resolver(5_000, server.address()), "a.test", AddressFamily.IPV4, 0).join();
        assertThat(((Resolution.Found) found).addresses()).hasSize(200);
    }

    @Test
    void nextServerIsAskedWhenOneCannotTell() throws IOException {
        server.with("a.test", "SERVFAIL").with("b.test", "SILENT");
        try (NameServer other =
                NameServer.start().with("a.test", "A 10.0.0.1").with("b.test", "A 10.0.0.2")) {
            ResolverFile config =
                    new ResolverFile(
                            List.of(server.address(), other.address()),
                            List.of(),
                            1,
                            Duration.ofMillis(100),
                            50);
            DnsResolver resolver = resolver(10_000, config);
            assertThat(text(ask(resolver, "a.test", AddressFamily.IPV4, 0).join()))
                    .isEqualTo("10.0.0.1");
            assertThat(text(ask(resolver, "b.test", AddressFamily.IPV4, 0).join()))
                    .isEqualTo("10.0.0.2");
        }
    }

    @Test
    void serverThatIsNotThereHasFailed() throws IOException {
        InetSocketAddress gone = server.address();
        server.close();
        assertThat(text(ask(resolver(5_000, gone), "a.test", AddressFamily.ANY, 0).join()))
                .startsWith("name_service_failed")
                .contains("nothing listens there");
    }

    @Test
    void hostsFileWinsAndNobodyIsAsked() {
        DnsResolver resolver = resolver(5_000, server.address());
        assertThat(text(ask(resolver, "named.TEST", AddressFamily.ANY, 0).join()))
                .isEqualTo("10.9.9.9");
        assertThat(text(ask(resolver, "localhost", AddressFamily.IPV4, 0).join()))
                .isEqualTo("127.0.0.1");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void domainsAreSearchedAsNdotsSays() {
        server.with("db.x.test", "A 10.0.0.1").with("db.y.test", "A 10.0.0.2");
        ResolverFile config =
                new ResolverFile(
                        List.of(server.address()),
                        List.of("none.test", "x.test"),
                        2,
                        Duration.ofSeconds(5),
                        2);
        DnsResolver resolver = resolver(5_000, config);
        assertThat(text(ask(resolver, "db", AddressFamily.IPV4, 0).join())).isEqualTo("10.0.0.1");
        assertThat(text(ask(resolver, "db.y.test", AddressFamily.IPV4, 0).join()))
                .isEqualTo("10.0.0.2");
        assertThat(server.asked()).containsExactly("db.none.test A", "db.x.test A", "db.y.test A");
    }

    @Test
    void onlyWhoMayGetsAnAnswerAgain() {
        server.with("a.test", "TTL 60, A 10.0.0.1").with("b.test", "TTL 0, A 10.0.0.2");
        DnsResolver resolver = resolver(5_000, server.address());
        for (long reuse : new long[] {REUSE, REUSE, 0, REUSE}) {
            ask(resolver, "a.test", AddressFamily.IPV4, reuse).join();
            ask(resolver, "b.test", AddressFamily.IPV4, reuse).join();
        }
        assertThat(server.asked()).filteredOn("a.test A"::equals).hasSize(2);
        assertThat(server.asked()).filteredOn("b.test A"::equals).hasSize(4);
    }

    /// So few that their questions fit into the receive buffer of the name server at once: it drops
    /// what comes beyond, also the question for the healthy name.
    @Test
    void deadZoneDelaysNobodyElse() {
        server.with("ok.test", "A 10.0.0.1");
        DnsResolver resolver = resolver(60_000, server.address());
        List<CompletableFuture<Resolution>> dead = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String name = "n" + i + ".dead.test";
            server.with(name, "SILENT");
            dead.add(ask(resolver, name, AddressFamily.ANY, 0));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(text(ask(resolver, "ok.test", AddressFamily.IPV4, 0).join()))
                    .isEqualTo("10.0.0.1");
        }
        assertThat(dead).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void oneQuestionServesAllWhoWait() {
        server.with("a.test", "SILENT");
        DnsResolver resolver = resolver(60_000, server.address());
        CompletableFuture<Resolution> first = ask(resolver, "a.test", AddressFamily.IPV4, 0);
        CompletableFuture<Resolution> second = ask(resolver, "A.test", AddressFamily.IPV4, 0);
        ask(resolver, "z.test", AddressFamily.IPV4, 0).join();
        assertThat(server.asked()).containsExactly("a.test A", "z.test A");
        assertThat(first.isDone() || second.isDone()).isFalse();
    }

    private DnsResolver resolver(long timeoutMillis, InetSocketAddress... servers) {
        return resolver(
                timeoutMillis,
                new ResolverFile(List.of(servers), List.of(), 1, Duration.ofSeconds(5), 2));
    }

    private DnsResolver resolver(long timeoutMillis, ResolverFile config) {
        HostsFile hosts = HostsFile.parse(HOSTS);
        long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        return new DnsResolver(
                loop, new DnsResolver.Limits(1_000, 20, nanos), () -> config, () -> hosts);
    }

    private static CompletableFuture<Resolution> ask(
            DnsResolver resolver, String host, AddressFamily family, long reuseNanos) {
        CompletableFuture<Resolution> told = new CompletableFuture<>();
        NameQuestion question = new NameQuestion(Share.RESERVED, host, family, reuseNanos);
        resolver.resolve(question, () -> {}, told::complete);
        return told;
    }

    private static String text(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found(List<InetAddress> addresses, _, _) ->
                    addresses.stream().map(AddressText::of).collect(Collectors.joining(" "));
            case Resolution.Unresolved(Outcome outcome, _, _) ->
                    outcome.reasonLabel() + " " + outcome.detail();
        };
    }
}
