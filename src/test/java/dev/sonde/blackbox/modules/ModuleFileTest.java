package dev.sonde.blackbox.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.probe.spec.TlsVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a module file may say, and what comes of it.
class ModuleFileTest {

    private final ModuleFileReader reader =
            new ModuleFileReader(
                    settings ->
                            ProbeSettings.DEFAULT.withTimeout(Duration.ofSeconds(settings.size())));

    @Test
    void settingsAreThoseOfTheTableWhenAModuleSaysNothing() {
        ProbeSettings settings = usable("a: {prober: tcp}");
        assertThat(settings.family()).isEqualTo(AddressFamily.PREFER_IPV6);
        assertThat(settings.timeout()).isEqualTo(ProbeSettings.DEFAULT_TIMEOUT);
        assertThat(module("a: {prober: tcp}").timeout()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ip4,true,PREFER_IPV4",
        "ip6,true,PREFER_IPV6",
        "ip4,no,IPV4",
        "ip6,false,IPV6",
        "'',off,IPV6"
    })
    void familyIsTheOneWantedWhenAModulePrefersOne(
            String preferred, String fallback, AddressFamily family) {
        String tcp =
                "{preferred_ip_protocol: '%s', ip_protocol_fallback: %s}"
                        .formatted(preferred, fallback);
        assertThat(usable("a: {prober: tcp, tcp: " + tcp + "}").family()).isEqualTo(family);
    }

    @Test
    void sourceIsBoundWhenAModuleNamesOne() {
        ProbeSettings settings =
                usable("a: {prober: tcp, timeout: 2s, tcp: {source_ip_address: 127.0.0.9}}");
        assertThat(settings.sourceAddress()).hasToString("127.0.0.9");
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({"-5s,", "0s,", "+1m30s,PT1M30S", ".5s,PT0.5S"})
    void timeoutIsTheModulesWhenThereIsOne(String text, @Nullable Duration timeout) {
        assertThat(module("a: {prober: tcp, timeout: %s}".formatted(text)).timeout())
                .isEqualTo(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "dns", "icmp", "grpc"})
    void moduleIsThereButSaysWhyWhenItsProberIsForSomethingElse(String prober) {
        Module module = module("a: {prober: %s, %s: {any: [thing]}}".formatted(prober, prober));
        assertThat(module.use())
                .isInstanceOfSatisfying(
                        Use.Unusable.class,
                        unusable -> assertThat(unusable.why()).contains(prober, "not supported"));
    }

    @Test
    void proberIsUnknownWhenAModuleHasNone() {
        assertThat(module("a:").use()).isEqualTo(new Use.Unusable("Unknown prober \"\""));
    }

    @Test
    void settingsAreReadAsRequestsAreWhenAModuleIsOfOurForm() {
        assertThat(usable("a: {settings: {timeout: 1s, close: rst}}").timeout())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void tlsIsAskedForWhenAModuleSaysSo() {
        ProbeSettings settings =
                usable(
                        "a: {prober: tcp, tcp: {tls: true, tls_config: {server_name: db.example,"
                                + " insecure_skip_verify: true, min_version: TLS13}}}");
        assertThat(settings.steps())
                .containsExactly(
                        new TlsSettings(
                                "db.example",
                                List.of(),
                                TlsVersion.TLS_1_3,
                                null,
                                new TlsTrust.Insecure(),
                                null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{tls: true, tls_config: {ca_ref: c}}",
                "{tls: true, tls_config: {cert: c, key_ref: k}}",
                "{tls: true, tls_config: {max_version: TLS11}}",
                "{tls: true, tls_config: {min_version: TLS13, max_version: TLS12}}",
                "{query_response: [{starttls: true}], tls_config: {cert_ref: c, key_file: k}}",
                "{tls: true, tls_config: {server_name: 'a b'}}",
                "{source_ip_address: here}"
            })
    void moduleIsThereButSaysWhyWhenItAsksForMoreThanCanBeDone(String tcp) {
        assertThat(module("a: {prober: tcp, tcp: %s}".formatted(tcp)).use())
                .isInstanceOfSatisfying(
                        Use.Unusable.class,
                        unusable -> assertThat(unusable.why()).contains("not supported"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: {prober: tcp, colour: red}|modules.a: colour: unknown field",
                "a: {prober: tcp, tcp: {tlss: true}}|modules.a: tcp.tlss: unknown field",
                "a: {prober: tcp, tcp: {query_response: [{sent: x}]}}"
                        + "|modules.a: tcp.query_response[0].sent: unknown field",
                "a: {prober: tcp, tcp: {query_response: [{}, {expect: '('}]}}"
                        + "|modules.a: tcp.query_response[1].expect: not an RE2 pattern",
                "a: {prober: tcp, tcp: {query_response: [{expect: a, expect_bytes: b}]}}"
                        + "|modules.a: tcp.query_response[0].expect_bytes: not beside expect",
                "a: {prober: tcp, tcp: {query_response: [{reject: a}]}}"
                        + "|modules.a: tcp.query_response[0].reject: stands beside an expect",
                "a: {prober: tcp, tcp: {query_response: [{send_bytes: '!'}]}}"
                        + "|modules.a: tcp.query_response[0].send_bytes: not base64",
                "a: {prober: tcp, tcp: {query_response: [{send: [a]}]}}"
                        + "|modules.a: tcp.query_response[0].send: a string is expected",
                "a: {prober: tcp, tcp: {query_response: [{starttls: maybe}]}}"
                        + "|modules.a: tcp.query_response.starttls: true or false",
                "a: {prober: tcp, tcp: {query_response: [{expect: a, labels: [{name: 'a b'}]}]}}"
                        + "|modules.a: tcp.query_response[0].labels: a label has a name",
                "a: {prober: tcp, timeout: 5}|modules.a: timeout: a duration",
                "a: {prober: tcp, timeout: [5]}|modules.a: timeout: not of the kind",
                "a: {prober: tcp, tcp: {tls_config: {ca: c, ca_file: f}}}"
                        + "|modules.a: tcp.tls_config: at most one of ca, ca_file, ca_ref",
                "a: {prober: tcp, tcp: {tls_config: {cert: c, cert_ref: r, key: k}}}"
                        + "|modules.a: tcp.tls_config: at most one of cert, cert_file, cert_ref",
                "a: {prober: tcp, tcp: {tls_config: {cert_file: f}}}"
                        + "|modules.a: tcp.tls_config.key: a certificate and its key go together",
                "a: {prober: tcp, tcp: {tls_config: {key: k}}}"
                        + "|modules.a: tcp.tls_config.cert: a certificate and its key go together",
                "a: {prober: tcp, tcp: {tls_config: {min_version: SSL30}}}"
                        + "|modules.a: tcp.tls_config.min_version: one of TLS10",
                "a: {prober: http, tcp: {query_response: [{expect: '('}]}}"
                        + "|modules.a: tcp.query_response[0].expect: not an RE2 pattern",
                "a: {settings: {}, prober: tcp}|modules.a: prober does not go with settings",
                "a: {prober: websocket, websocket: {headers: {}}}|modules.a: websocket: unknown field",
                "a: 5|modules.a: a mapping is expected"
            })
    void moduleIsUnusableWithThePlaceWhenSomethingInItIsWrong(String module, String message) {
        ModuleSet modules = read("modules: {" + module.strip() + ", b: {prober: tcp}}");
        assertThat(modules.find("a").orElseThrow().use())
                .isInstanceOfSatisfying(
                        Use.Invalid.class, invalid -> assertThat(invalid.why()).contains(message));
        assertThat(modules.find("b").orElseThrow().use()).isInstanceOf(Use.Usable.class);
        assertThat(modules.invalid()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modules: {a: {prober: tcp}, a: {prober: tcp}}|duplicate key a",
                "modules: {a: !!java.net.URL [\"http://127.0.0.1\"]}|not readable as YAML",
                "modules: 5|modules: a mapping is expected",
                "modules: [|not readable as YAML",
                "'modules:\n\ta: {prober: tcp}'|not readable as YAML", // a tab that indents
            })
    void fileIsRefusedWhenItIsNoYamlOrNoMapping(String file, String message) {
        assertThatThrownBy(() -> read(file.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOf(InvalidModuleFileException.class)
                .hasMessageContaining(message);
    }

    /// Each as blackbox_exporter's reader takes it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "modules:\t\n  a: {prober: tcp}\n",
                "modules:\n  a:\n    prober:\ttcp\t# plain\n",
                "modules:\n  a:\t{prober:\ttcp,\n\t\ttimeout: 1s}\n",
                "modules: {a: {prober: tcp}}\n---\nmodules: {b: {prober: tcp}}\n",
                "modules: {a: {prober: tcp}}\n---\n{ not: [ yaml\n",
            })
    void fileIsReadAsUpstreamReadsIt(String file) {
        assertThat(read(file).find("a").orElseThrow().use()).isInstanceOf(Use.Usable.class);
        assertThat(read(file).modules()).hasSize(1);
    }

    /// The names are those that users of blackbox_exporter have in their files.
    @Test
    void modulesAreReadyWhenTheFileIsOfTheKindThatUsersHave() {
        ModuleSet modules =
                read(
                        """
                        modules:
                          http_2xx:
                            prober: http
                            http: {valid_http_versions: ["HTTP/1.1"], body_size_limit: 1MB}
                          dns_soa: {prober: dns, dns: {query_name: example.org, query_type: SOA}}
                          ping: {prober: icmp, timeout: 5s, icmp: {ttl: 5}}
                          health: {prober: grpc, grpc: {tls: true, service: a}}
                          socket: {prober: unix, unix: {query_response: [{send: PING}]}}
                          tcp_connect: {prober: tcp, timeout: 5s}
                          pop3s_banner:
                            prober: tcp
                            tcp: &over_tls
                              query_response: [{expect: "^+OK"}]
                              tls: true
                              tls_config: {insecure_skip_verify: false}
                          pop3s_again: {prober: tcp, tcp: *over_tls}
                          ssh_banner:
                            prober: tcp
                            tcp:
                              query_response: [{expect: "^SSH-2.0-"}, {send: "SSH-2.0-check"}]
                          ssh_banner_extract:
                            prober: tcp
                            tcp:
                              query_response:
                                - expect: "^SSH-2.0-([^ -]+)(?: (.*))?$"
                                  labels: [{name: ssh_version, value: "${1}"}]
                          irc_banner:
                            prober: tcp
                            tcp:
                              query_response:
                                - send: "NICK prober"
                                - expect: "PING :([^ ]+)"
                                  send: "PONG ${1}"
                          imap_starttls:
                            prober: tcp
                            tcp: {query_response: [{expect: "OK.*STARTTLS"}, {starttls: true}, null]}
                          smtp_starttls:
                            prober: tcp
                            tcp:
                              query_response:
                                - expect: "^220 ([^ ]+) ESMTP (.+)$"
                                - send: "EHLO prober\r"
                                - expect: "^250-STARTTLS"
                                - send: "STARTTLS\r"
                                - expect: "^220"
                                - starttls: true
                                - send: "QUIT\r"
                          rabbitmq:
                            prober: tcp
                            timeout: 30s
                            tcp:
                              query_response: [{send: "HELO\r"}, {expect: "AMQP"}]
                              tls: true
                              tls_config: {ca_file: /there/is/none.crt}
                          postgresql:
                            prober: tcp
                            tcp:
                              query_response:
                                - send: !!binary AAAACATSFi8= # an SSLRequest
                                - expect_bytes: S
                                - starttls: true
                          mutual:
                            prober: tcp
                            tcp:
                              tls: yes
                              tls_config: {cert_file: /no.crt, key: "no key"}
                              query_response: [{starttls: on}, {starttls: on}]
                        """);
        assertThat(modules.modules().values())
                .allSatisfy(
                        module ->
                                assertThat(module.use())
                                        .as(module.name())
                                        .isInstanceOf(
                                                module.prober().equals("tcp")
                                                        ? Use.Usable.class
                                                        : Use.Unusable.class));
        assertThat(modules.modules()).hasSize(16);
    }

    @Test
    void nothingOfTheFileIsToldWhenItIsNoYaml() {
        assertThatThrownBy(() -> read("modules: {a: {tcp: {tls_config: {key: hidden"))
                .hasNoCause()
                .hasMessageStartingWith("not readable as YAML: line 1, column ")
                .hasMessageNotContaining("hidden");
        ModuleSet wrong = read("modules: {a: {prober: tcp, tcp: {tls_config: hidden}}}");
        assertThat(wrong.yaml()).contains("tls_config").doesNotContain("hidden");
        assertThat(wrong.find("a").orElseThrow().toString()).doesNotContain("hidden");
    }

    @Test
    void fileIsRefusedWhenNothingIsInIt() {
        assertThatThrownBy(() -> read("# being written\n"))
                .isInstanceOf(InvalidModuleFileException.class)
                .hasMessage("nothing is in it");
        assertThat(read("modules:").modules()).isEmpty();
    }

    @Test
    void fileIsRefusedWhenItSaysMoreThanModules() {
        assertThatThrownBy(() -> read("moduls: {}"))
                .isInstanceOf(InvalidModuleFileException.class)
                .hasMessageContaining("moduls: unknown");
    }

    @Test
    void secretsAreMaskedWhenTheFileIsShown() {
        ModuleSet modules =
                read(
                        """
                        modules:
                          a:
                            prober: tcp
                            tcp: {tls_config: {cert: c, key: hidden-1, server_name: db.example}}
                          b:
                            prober: http
                            http:
                              basic_auth: {username: u, password: hidden-2}
                              authorization: {credentials: hidden-3}
                              headers: {Authorization: hidden-4}
                              http_headers: {X-Key: {secrets: [hidden-5]}}
                              proxy_url: "http://me:hidden-6@proxy.example:3128/"
                        """);
        assertThat(modules.yaml()).contains("<secret>", "db.example").doesNotContain("hidden");
        assertThat(modules.find("a").orElseThrow().yaml()).doesNotContain("hidden");
    }

    private ProbeSettings usable(String modules) {
        return ((Use.Usable) module(modules).use()).settings();
    }

    private Module module(String modules) {
        return read("modules:\n  " + modules).find("a").orElseThrow();
    }

    private ModuleSet read(String file) {
        return reader.read(file.getBytes(StandardCharsets.UTF_8));
    }
}
