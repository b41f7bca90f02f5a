package dev.sonde.blackbox;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.TlsReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The metrics of a TLS handshake: blackbox_exporter's, also where the certificate was refused.
final class TlsMetrics {

    /// Go's zero time in Unix seconds: the value without a verified chain.
    private static final double NO_TIME_SECONDS = -6.21355968e10;

    private TlsMetrics() {}

    static void add(GaugeText text, TlsReport report) {
        List<CertificateFacts> chain = report.chain();
        if (chain.isEmpty()) {
            return;
        }
        text.gauge(
                "probe_ssl_earliest_cert_expiry",
                "Returns last SSL chain expiry in unixtime",
                seconds(
                        chain.stream()
                                .map(CertificateFacts::notAfter)
                                .min(Comparator.naturalOrder())
                                .orElseThrow()));
        Instant until = report.verifiedUntil();
        text.gauge(
                "probe_ssl_last_chain_expiry_timestamp_seconds",
                "Returns last SSL chain expiry in timestamp",
                until == null ? NO_TIME_SECONDS : seconds(until));
        text.gauge(
                "probe_ssl_last_chain_info",
                "Contains SSL leaf certificate information",
                labels(chain.getFirst()),
                1);
        String cipher = report.cipher();
        if (cipher != null) {
            text.gauge(
                    "probe_tls_cipher_info",
                    "Returns the TLS cipher negotiated during handshake",
                    Map.of("cipher", cipher),
                    1);
        }
        String version = report.version();
        if (version != null) {
            text.gauge(
                    "probe_tls_version_info",
                    "Returns the TLS version used or NaN when unknown",
                    Map.of("version", version.replace("TLSv", "TLS ")),
                    1);
        }
    }

    private static Map<String, String> labels(CertificateFacts leaf) {
        Map<String, String> labels = new TreeMap<>(); // in the order in which Go writes them
        labels.put("fingerprint_sha256", leaf.fingerprintSha256());
        labels.put("subject", GoName.of(leaf.subject()));
        labels.put("issuer", GoName.of(leaf.issuer()));
        labels.put("subjectalternative", String.join(",", dnsNames(leaf)));
        labels.put("serialnumber", wholeBytes(leaf.serialNumber()));
        return labels;
    }

    /// Two digits for each byte.
    private static String wholeBytes(String hex) {
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }

    private static List<String> dnsNames(CertificateFacts leaf) {
        return leaf.names().stream().filter(name -> !isAddress(name)).toList();
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }

    private static double seconds(Instant at) {
        return (double) at.getEpochSecond();
    }
}
