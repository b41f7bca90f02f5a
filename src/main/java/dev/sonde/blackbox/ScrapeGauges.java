package dev.sonde.blackbox;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.Phase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// The metrics of one answer: blackbox_exporter's names with their meaning, and ours beside them.
final class ScrapeGauges {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    /// The reason where the target or the hostname cannot be read.
    private static final String UNREADABLE_TARGET = "invalid_target";

    private ScrapeGauges() {}

    static GaugeText of(Answer answer) {
        GaugeText text = new GaugeText();
        text.gauge(
                "probe_success",
                "Displays whether or not the probe was a success",
                answer.isSuccess() ? 1 : 0);
        text.gauge(
                "probe_timeout_seconds",
                "Returns the timeout of the probe in seconds",
                answer.timeout().toNanos() / NANOS_PER_SECOND);
        AttemptResult attempt = answer.result() == null ? null : answer.result().deciding();
        text.gauge(
                "probe_duration_seconds",
                "Returns how long the probe took to complete in seconds",
                attempt == null
                        ? 0
                        : (attempt.tookNanos() - nanosOf(attempt, Phase.CLOSE)) / NANOS_PER_SECOND);
        if (attempt == null) {
            failure(text, "", UNREADABLE_TARGET);
        } else {
            address(text, attempt);
            phases(text, attempt);
            connection(text, attempt);
            TlsReport shaken = null;
            for (StepReport report : attempt.reports()) {
                switch (report) {
                    case TlsReport tls -> shaken = tls;
                    case DialogueReport dialogue -> DialogueMetrics.add(text, dialogue);
                    case ObserveReport _, HoldReport _, FloodReport _ -> {}
                }
            }
            if (shaken != null) {
                TlsMetrics.add(text, shaken); // of several, one inside the other, the last
            }
            failure(text, attempt.outcome());
        }
        return text;
    }

    private static void address(GaugeText text, AttemptResult attempt) {
        text.gauge(
                "probe_dns_lookup_time_seconds",
                "Returns the time taken for probe dns lookup in seconds",
                nanosOf(attempt, Phase.RESOLVE) / NANOS_PER_SECOND);
        InetSocketAddress remote = attempt.remote();
        byte[] address = remote == null ? new byte[0] : bytesOf(remote.getAddress());
        text.gauge(
                "probe_ip_protocol",
                "Specifies whether probe ip protocol is IP4 or IP6",
                switch (address.length) {
                    case 0 -> 0;
                    case 4 -> 4;
                    default -> 6;
                });
        text.gauge(
                "probe_ip_addr_hash",
                "Specifies the hash of IP address. It's useful to detect if the IP address changes.",
                address.length == 0 ? 0 : (double) fnv1a(address));
    }

    private static byte[] bytesOf(InetAddress address) {
        return address.getAddress();
    }

    /// The 32-bit FNV-1a hash.
    static long fnv1a(byte[] bytes) {
        int hash = FNV_OFFSET;
        for (byte octet : bytes) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        return Integer.toUnsignedLong(hash);
    }

    private static void phases(GaugeText text, AttemptResult attempt) {
        for (PhaseTime phase : attempt.phases()) {
            text.gauge(
                    "probe_tcp_duration_seconds",
                    "Duration of the probe by phase, in seconds; the phases add up to the whole",
                    Map.of("phase", phase.phase().label()),
                    phase.tookNanos() / NANOS_PER_SECOND);
        }
    }

    private static void connection(GaugeText text, AttemptResult attempt) {
        Evidence evidence = attempt.evidence();
        Long rttMicros = evidence.rttMicros();
        if (rttMicros != null) {
            text.gauge(
                    "probe_tcp_rtt_seconds",
                    "Round trip of the handshake as the kernel measured it, in seconds",
                    rttMicros / MICROS_PER_SECOND);
        }
        Long retransmits = evidence.synRetransmits();
        if (retransmits != null) {
            text.gauge(
                    "probe_tcp_syn_retransmits",
                    "How often the SYN was repeated for want of an answer",
                    (double) retransmits);
        }
        if (isDialled(attempt)) {
            DialogueMetrics.addMismatch(text, attempt.reports());
        }
    }

    /// Whether blackbox_exporter would have reported its connection as made, with its TLS handshake
    /// if there is one.
    private static boolean isDialled(AttemptResult attempt) {
        Phase phase = attempt.outcome().phase();
        return attempt.outcome() instanceof Outcome.Succeeded
                || attempt.reports().stream().anyMatch(DialogueReport.class::isInstance)
                || (phase != null && phase.compareTo(Phase.TLS) > 0);
    }

    private static void failure(GaugeText text, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded) {
            return;
        }
        Phase phase = outcome.phase();
        failure(text, phase == null ? "" : phase.label(), outcome.reasonLabel());
    }

    private static void failure(GaugeText text, String phase, String reason) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("phase", phase);
        labels.put("reason", reason);
        text.gauge("probe_failure_info", "In which phase and why the probe failed", labels, 1);
    }

    private static long nanosOf(AttemptResult attempt, Phase phase) {
        long sum = 0;
        for (PhaseTime time : attempt.phases()) {
            sum += time.phase() == phase ? time.tookNanos() : 0;
        }
        return sum;
    }
}
