package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values that the chart refuses, each with the word that its message must hold.
class ChartRefusalTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 2 | database.url names none",
                "security: {open: true, existingSecret: a} | remove one of the two",
                "security: {open: true, jwt: {issuerUri: 'https://a'}} | remove one of the two",
                "database: {existingSecret: a} | database.url names none",
                "database: {url: 'jdbc:postgresql://db/a'} | authority.existingSecret",
                "listeners: {from: 3000, to: 2000} | from is greater than to",
                "listeners: {from: 3000, to: 4000} | at most 100",
                "listeners: {enabled: true, from: 8000, to: 8090} | contains 8080",
                "listeners: {enabled: true, from: 7790, to: 7800} | contains 7800",
                "listeners: {enabled: true, from: 7801, to: 7810} | contains 7801",
                "cluster: {forwardPort: 7800} | cluster.forwardPort",
                "cluster: {port: 8080} | cluster.port",
                "{replicas: 2, database: {url: 'jdbc:postgresql://db/a'}, authority: {existingSecret: b}, listeners: {enabled: true}} | servicePerReplica",
                "{preStopSeconds: 25, terminationGracePeriodSeconds: 30} | terminationGracePeriodSeconds",
                "config: {server: {port: 9000}} | server.port is set by the chart",
                "config: {management: {server: {port: 9000}}} | management.server.port",
                "config: {server.port: 9000} | server.port",
                "{modules: 'modules: {}', config: {modules: {a: {prober: tcp}}}} | config.modules",
                "{modules: 'modules: {}', modulesExistingSecret: a} | only one of modules",
                "definitions: {existingConfigMap: a, probes: {b: {target: 'b:1'}}} | definitions: existingConfigMap",
                "definitions: {existingConfigMap: a, sources: [{http_sd: {url: 'http://b'}}]} | definitions: existingConfigMap",
                "definitions: {sources: [{http_sd: {url: 'http://b', authorization: {credentials: c}}}]} | secretConfig=true",
                "definitions: {sources: {}} | sources",
                "definitions: {rbac: {namespaces: [A]}} | namespaces",
                "{networkPolicy: {enabled: true}, policy: {allow: [10.0.0.0/8]}, definitions: {sources: [{http_sd: {url: 'http://b'}}]}} | extraEgress",
                "config: {sonde: {notifications: {receivers: [{secret: abc}]}}} | secretConfig=true",
                "config: {spring: {mail: {password: abc}}} | secretConfig=true",
                "notifications: {receivers: [{name: ops, type: webhook, url: 'https://a', secret: abc}]} | secretConfig=true",
                "notifications: {receivers: [{name: ops, type: webhook, url: 'https://a/hook/abc'}]} | receiver ops has a path",
                "notifications: {receivers: [{name: ops, type: webhook, url: 'https://a?token=abc'}]} | url-file",
                "notifications: {receivers: [{name: am, type: alertmanager, urls: ['http://a:9093', 'http://u:abc@b:9093']}]} | receiver am has a path or a user",
                "config: {sonde: {notifications: {receivers: [{name: ops, url: 'https://a/abc'}]}}} | receiver ops has a path",
                "{notifications: {group-within: 1s}, config: {sonde: {notifications: {timeout: 1s}}}} | remove one of the two",
                "{networkPolicy: {enabled: true}, policy: {allow: [10.0.0.0/8]}, notifications: {receivers: [{name: am, urls: ['http://a:9093']}]}} | networkPolicy.receivers",
                "networkPolicy: {receivers: [hooks.example]} | receivers",
                "notifications: {receivers: ops} | receivers",
                "{kind: DaemonSet, persistence: {existingClaim: a}} | DaemonSet",
                "{kind: DaemonSet, replicas: 2, database: {url: 'jdbc:postgresql://db/a'}, authority: {existingSecret: b}} | DaemonSet",
                "{kind: DaemonSet, servicePerReplica: {enabled: true}} | DaemonSet",
                "{persistence: {enabled: false}, servicePerReplica: {enabled: true}} | no stable names",
                "{persistence: {enabled: false, existingClaim: a}} | existingClaim is unused",
                "{networkPolicy: {enabled: true}, policy: {allow: [10.0.0.0/8]}, database: {url: 'jdbc:postgresql://db/a'}, authority: {existingSecret: b}} | extraEgress",
                "{networkPolicy: {enabled: true}, policy: {allow: [10.0.0.0/8]}, security: {jwt: {issuerUri: 'https://a'}}} | extraEgress",
                "{serviceMonitor: {enabled: true}, security: {existingSecret: a}} | serviceMonitor.credentials",
                "{serviceMonitor: {enabled: true}, security: {jwt: {issuerUri: 'https://a'}}} | serviceMonitor.credentials",
                "{serviceMonitor: {enabled: true, credentials: {name: a, key: b}, targets: [{name: a, url: 'a:1'}]}, security: {existingSecret: a}} | probeCredentials",
                "podDisruptionBudget: {enabled: true, minAvailable: 1, maxUnavailable: 2} | exclude each other",
                "configExistingSecretName: a | use modulesExistingSecret",
                "{livenessProbe: {httpGet: {path: /}}, pod: {labels: {a: b}}} | livenessProbe (use probes.liveness), pod (use podLabels)",
                "serviceMonitor: {scheme: https} | use tls.existingSecret",
                "nosuch: 1 | nosuch",
                "service: {type: Nothing} | service",
                "service: {port: 99999} | service",
                "policy: {allow: [db.example.org]} | policy",
                "policy: {allow: [10.0.0.0/99]} | policy",
                "policy: {deny: [999.0.0.0/8]} | policy",
                "policy: {allow: ['10.0.0.0/8:99999']} | policy",
                "policy: {allow: ['[2001:db8::/129]:80']} | policy",
                "replicas: two | replicas",
                "database: {url: 'jdbc:sqlite:a'} | database",
                "probes: {liveness: {successThreshold: 3}} | successThreshold",
                "fullnameOverride: Invalid_Name | fullnameOverride",
                "image: {repository: UPPER} | repository",
                "image: {digest: sha256:12} | digest",
                "serviceMonitor: {targets: [{name: a}]} | url",
                "extraSecretMounts: [{name: a, mountPath: relative, secretName: b}] | mountPath",
            })
    void theChartIsRefusedWhenAValueIsWrong(String values, String word) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(word);
    }
}
