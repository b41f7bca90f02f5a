package dev.sonde.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.form.YamlText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Definitions of other tools, as their documentation writes them.
@SuppressWarnings("NullAway") // a null fails the test
class ConverterTest {

    private static final String JOB =
            """
            scrape_configs:
              - job_name: blackbox
                metrics_path: /probe
                scrape_interval: 30s
                params: {module: [smtp_starttls]}
                static_configs:
                  - targets: [mail.example:25]
                    labels: {team: mail}
                  - targets: ["db.example:5432"]
                    labels: {__param_module: tcp_connect}
                relabel_configs:
                  - {source_labels: [__address__], target_label: __param_target}
                  - {source_labels: [__param_target], target_label: instance}
                  - {target_label: __address__, replacement: "127.0.0.1:9115"}
              - {job_name: node, static_configs: [{targets: ["a:9100"]}]}
              - job_name: web
                metrics_path: /probe
                params: {module: [http_2xx]}
                static_configs: [{targets: ["https://example.org"]}]
                file_sd_configs: [{files: [x.json]}]
            modules:
              smtp_starttls:
                prober: tcp
                timeout: 5s
                tcp:
                  query_response:
                    - expect: "^220 ([^ ]+) ESMTP (.+)$"
                    - send: "EHLO prober\\r"
                    - expect: "^250-STARTTLS"
                    - send: "STARTTLS\\r"
                    - expect: "^220"
                    - starttls: true
              http_2xx: {prober: http}
            """;

    private static Conversion convert(ForeignTool origin, String text) {
        return Converter.alone().convert(origin, text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> probe(Conversion conversion, String name) {
        Map<String, Object> probes = (Map<String, Object>) conversion.document().get("probes");
        assertThat(probes).as(conversion.skipped().toString()).containsKey(name);
        return (Map<String, Object>) probes.get(name);
    }

    @Test
    void aScrapeJobBecomesAProbeForEachTarget() {
        Conversion converted = convert(ForeignTool.BLACKBOX, JOB);
        assertThat(probe(converted, "blackbox-db.example-5432"))
                .containsEntry("target", "db.example:5432")
                .containsEntry("interval", "30s")
                .containsEntry("labels", Map.of("job", "blackbox"))
                .doesNotContainKeys("settings", "module");
        Map<String, Object> mail = probe(converted, "blackbox-mail.example-25");
        assertThat(mail).containsEntry("labels", Map.of("job", "blackbox", "team", "mail"));
        assertThat(mail.get("settings").toString()).contains("startTls=true", "timeout=5s");
        assertThat(converted.skipped())
                .extracting(Conversion.Skipped::what)
                .containsExactly(
                        "job node",
                        "job web target https://example.org",
                        "job web file_sd_configs");
        assertThat(converted.skipped().get(1).reason()).contains("http");
    }

    @Test
    void anObjectOfTheOperatorBecomesAProbeForEachTarget() {
        String object =
                """
                apiVersion: monitoring.coreos.com/v1
                kind: Probe
                metadata: {name: db, namespace: shop}
                spec:
                  interval: 15s
                  module: tcp_connect
                  prober: {url: "blackbox:9115"}
                  targets: {staticConfig: {static: ["db.shop.svc:5432"], labels: {team: a}}}
                ---
                kind: Probe
                metadata: {name: web}
                spec: {module: tcp_connect, targets: {ingress: {}}}
                """;
        Conversion converted = convert(ForeignTool.BLACKBOX, object);
        assertThat(probe(converted, "db-db.shop.svc-5432"))
                .containsEntry("interval", "15s")
                .containsEntry("labels", Map.of("job", "db", "namespace", "shop", "team", "a"));
        assertThat(converted.skipped())
                .extracting(Conversion.Skipped::what)
                .containsExactly("Probe web ingress");
    }

    @Test
    void anEndpointOfGatusBecomesAProbe() {
        String config =
                """
                endpoints:
                  - name: redis
                    group: core
                    url: "tcp://127.0.0.1:6379"
                    interval: 30s
                    conditions: ["[CONNECTED] == true", "[BODY] == x"]
                  - {name: cert, url: "tls://example.org:443", client: {timeout: 3s, insecure: true}}
                  - {name: mail, url: "starttls://smtp.example.org:587"}
                  - {name: web, url: "https://example.org"}
                  - {name: off, url: "tcp://a:1", enabled: false}
                external-endpoints: [{name: job}]
                """;
        Conversion converted = convert(ForeignTool.GATUS, config);
        assertThat(probe(converted, "core-redis"))
                .containsEntry("target", "127.0.0.1:6379")
                .containsEntry("labels", Map.of("group", "core"));
        assertThat(probe(converted, "cert"))
                .containsEntry("interval", "60s")
                .containsEntry(
                        "settings", Map.of("timeout", "3s", "tls", Map.of("trust", "insecure")));
        assertThat(probe(converted, "mail").get("settings").toString()).contains("startTls=true");
        assertThat(converted.skipped())
                .extracting(Conversion.Skipped::what)
                .containsExactly(
                        "endpoint core/redis",
                        "endpoint web",
                        "endpoint off",
                        "external-endpoints job");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\": \"1.23.1\", \"notificationList\": [], \"monitorList\": [%s, %s, %s]}",
                "{\"1\": %s, \"2\": %s, \"3\": %s}"
            })
    void aMonitorOfUptimeKumaBecomesAProbe(String form) {
        String text =
                form.formatted(
                        """
                        {"id": 1, "name": "Main DB", "type": "port", "hostname": "db.example",
                         "port": 5432, "interval": 20, "retryInterval": 20, "maxretries": 2,
                         "parent": 3, "active": true, "upsideDown": false,
                         "tags": [{"name": "Team", "value": "pay"}, {"name": "prod", "value": ""}]}""",
                        "{\"id\": 2, \"name\": \"Site\", \"type\": \"http\", \"url\": \"https://a\"}",
                        "{\"id\": 3, \"name\": \"Core\", \"type\": \"group\"}");
        Conversion converted = convert(ForeignTool.UPTIME_KUMA, text);
        assertThat(probe(converted, "main-db"))
                .containsEntry("target", "db.example:5432")
                .containsEntry("interval", "20s")
                .containsEntry("fall", 3)
                .containsEntry("labels", Map.of("group", "Core", "Team", "pay", "prod", "true"));
        assertThat(converted.skipped())
                .containsExactly(
                        new Conversion.Skipped(
                                "monitor Site",
                                "only the types port and smtp can be probed, not http"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[CONNECTED] == false | outcome | failed",
                "[CONNECTED] != true | outcome | failed",
                "[RESPONSE_TIME] < 500 | connect | <500ms",
                "[RESPONSE_TIME] <= 1s500ms | connect | <=1500ms",
                "[CERTIFICATE_EXPIRATION] > 172800000 | certificateDays | >=2",
                "[CERTIFICATE_EXPIRATION] >= 47h30m | certificateDays | >=2",
                "[CERTIFICATE_EXPIRATION] > 49h | certificateDays | >=3"
            })
    void aConditionOfGatusBecomesAnExpectation(String condition, String field, String value) {
        Conversion converted =
                convert(
                        ForeignTool.GATUS,
                        "endpoints: [{name: a, url: 'tls://a:1', conditions: ['%s']}]"
                                .formatted(condition));
        assertExpected(converted, "a", Map.of(field, value));
    }

    /// As 2.x answers them; the timeout has a fraction there.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: port, expiryNotification: true, timeout: 16.5 | timeout=16s500ms, tls={trust=system}",
                "type: port, smtpSecurity: secure, ignoreTls: 1 | tls={trust=insecure}",
                "type: smtp, smtpSecurity: starttls | startTls=true",
                "type: smtp, smtpSecurity: nostarttls | QUIT"
            })
    void aMonitorOfUptimeKumaKeepsItsTls(String fields, String settings) {
        String text =
                "\"1\": {id: 1, name: a, hostname: h, port: 25, interval: 20, %s}"
                        .formatted(fields);
        Conversion converted = convert(ForeignTool.UPTIME_KUMA, text);
        String read = String.valueOf(probe(converted, "a").get("settings"));
        assertThat(List.of(settings.split(", "))).allMatch(read::contains);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATUS | endpoints: [{name: a, url: 'tcp://a:1', client: {proxy-url: 'http://p'}}] | client.proxy-url is not carried over",
                "GATUS | endpoints: [{name: a, url: 'tcp://a:1', maintenance-windows: [{start: '1:00'}]}] | POST /api/v1/maintenances",
                "GATUS | {endpoints: [{name: a, url: 'tcp://a:1'}], maintenance: {start: '1:00'}} | POST /api/v1/maintenances",
                "UPTIME_KUMA | monitorList: [{name: a, type: port, hostname: a, port: 1, proxyId: 3}] | the proxy",
                "UPTIME_KUMA | monitorList: [{name: a, type: port, hostname: a, port: 1, forceInactive: true}] | it is paused"
            })
    void aPartThatIsNotCarriedOverIsListedWithTheReason(
            ForeignTool from, String text, String reason) {
        assertThat(convert(from, text).skipped())
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).contains(reason));
    }

    @Test
    void aMonitorThatIsUpsideDownExpectsAFailure() {
        Conversion converted =
                convert(
                        ForeignTool.UPTIME_KUMA,
                        """
                        monitorList:
                          "7": {name: telnet, type: port, hostname: a, port: 23, upsideDown: true}
                        """);
        assertExpected(converted, "telnet", Map.of("outcome", "failed"));
    }

    private static void assertExpected(
            Conversion converted, String name, Map<String, Object> expected) {
        assertThat(probe(converted, name)).containsEntry("expect", expected);
    }

    @Test
    void aMonitorThatTheServiceWouldRefuseIsSkippedWithTheReason() {
        Conversion converted =
                convert(
                        ForeignTool.UPTIME_KUMA,
                        "monitorList: [{id: 1, name: x, type: port, hostname: 'a b', port: 1}]");
        assertThat(converted.skipped().getFirst().reason()).startsWith("target: ");
        assertThat(converted.yaml()).startsWith("# skipped: monitor x: target: ");
    }

    @Test
    void twoDefinitionsOfOneNameStayTwo() {
        Conversion converted =
                convert(
                        ForeignTool.GATUS,
                        "endpoints: [{name: a, url: 'tcp://a:1'}, {name: A, url: 'tcp://a:2'}]");
        assertThat(probe(converted, "a")).containsEntry("target", "a:1");
        assertThat(probe(converted, "a-2")).containsEntry("target", "a:2");
        assertThat(YamlText.read(converted.yaml())).isEqualTo(converted.document());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATUS | a: 1 | no endpoints are found",
                "BLACKBOX | [] | no scrape_configs",
                "UPTIME_KUMA | text | no monitorList",
                "GATUS | a: [ | is not valid YAML"
            })
    void aTextIsRefusedWhenItIsNotOfTheToolsForm(ForeignTool origin, String text, String told) {
        assertThatThrownBy(() -> convert(origin, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    @Test
    void everyToolHasItsWord() {
        assertThat(ForeignTool.words()).isEqualTo(List.of("blackbox", "gatus", "uptime-kuma"));
        assertThat(ForeignTool.of("kuma")).isEmpty();
    }
}
