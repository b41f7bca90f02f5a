package dev.sonde.cli.report;

import dev.sonde.cli.terminal.Colour;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A result in the words of a line.
public final class Words {

    private static final double LONG_MILLIS = 100;
    private static final double LONG_SECONDS = 10_000;

    private Words() {}

    /// Why, without underscores: `timed out`.
    public static String reason(Outcome outcome) {
        return outcome.reasonLabel().replace('_', ' ');
    }

    public static Colour colour(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> Colour.GREEN;
            case Outcome.Failed _ -> Colour.RED;
            case Outcome.NotProbed _ -> Colour.YELLOW;
        };
    }

    /// A time such as `0.4 ms`, `130 ms` or `12.5 s`.
    public static String time(long nanos) {
        double millis = nanos / 1e6;
        if (millis >= LONG_SECONDS) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
        }
        return String.format(Locale.ROOT, millis < LONG_MILLIS ? "%.1f ms" : "%.0f ms", millis);
    }

    /// The time of the target: what the prober itself waited for is left out.
    public static String time(AttemptResult attempt) {
        long nanos = 0;
        for (PhaseTime phase : attempt.phases()) {
            nanos += phase.phase() == Phase.QUEUE ? 0 : phase.tookNanos();
        }
        return time(nanos);
    }

    /// The finding in one clause; with `addresses: any` also the addresses that did not answer.
    public static String meaning(ProbeResult result) {
        AttemptResult deciding = result.deciding();
        List<String> parts = new ArrayList<>();
        String own = meaning(deciding, result.target().host());
        if (!own.isEmpty()) {
            parts.add(own);
        }
        for (AttemptResult other : result.attempts()) {
            if (!other.equals(deciding) && !(other.outcome() instanceof Outcome.Succeeded)) {
                parts.add(reason(other.outcome()) + " on " + host(other.remote()));
            }
        }
        return String.join(", ", parts);
    }

    private static String meaning(AttemptResult attempt, String host) {
        return switch (attempt.outcome()) {
            case Outcome.Succeeded(String detail) -> {
                List<String> parts = new ArrayList<>();
                String address = host(attempt.remote());
                if (!address.equals(host)) {
                    parts.add(address);
                }
                tls(attempt, parts);
                if (detail != null) {
                    parts.add(detail);
                }
                yield String.join(", ", parts);
            }
            case Outcome.Failed(_, _, String detail) -> failure(attempt.evidence(), detail);
            case Outcome.NotProbed(_, _, String detail) -> detail;
        };
    }

    private static String failure(Evidence evidence, String detail) {
        if (evidence.refusedBy() == Evidence.RefusedBy.RST) {
            return "RST: the host is up, nothing listens";
        }
        IcmpMessage icmp = evidence.icmp();
        return icmp == null ? detail : "ICMP: " + detail;
    }

    private static void tls(AttemptResult attempt, List<String> parts) {
        attempt.reports().stream()
                .filter(TlsReport.class::isInstance)
                .map(TlsReport.class::cast)
                .map(TlsReport::version)
                .filter(version -> version != null)
                .forEach(parts::add);
    }

    private static String host(@Nullable InetSocketAddress address) {
        return address == null ? "an address" : AddressText.of(address.getAddress());
    }

    /// The phases with their times: `resolve 1.2 ms, connect 0.4 ms`.
    public static String phases(AttemptResult attempt) {
        List<String> phases = new ArrayList<>();
        for (PhaseTime phase : attempt.phases()) {
            phases.add(phase.phase().label() + " " + time(phase.tookNanos()));
        }
        return String.join(", ", phases);
    }

    /// A hop of a path: `2  10.1.1.1  0.2 ms  ICMP 11/0`.
    static String hop(PathReport.Hop hop) {
        Long micros = hop.rttMicros();
        if (micros == null) {
            return hop.ttl() + "  no answer";
        }
        PathReport.Message icmp = hop.icmp();
        return "%d  %s  %s  %s"
                .formatted(
                        hop.ttl(),
                        hop.address() == null ? "an address" : hop.address(),
                        time(micros * 1_000),
                        icmp == null ? "TCP" : "ICMP " + icmp.type() + "/" + icmp.code());
    }

    /// The kernel data, as far as they are known.
    public static String evidence(Evidence evidence) {
        List<String> facts = new ArrayList<>();
        add(facts, "state", evidence.state());
        Long rtt = evidence.rttMicros();
        add(facts, "RTT", rtt == null ? null : time(rtt * 1_000));
        add(facts, "SYNs repeated", evidence.synRetransmits());
        add(facts, "errno", evidence.errno());
        add(facts, "MSS", evidence.mss());
        add(facts, "path MTU", evidence.pathMtu());
        IcmpMessage icmp = evidence.icmp();
        add(
                facts,
                "ICMP",
                icmp == null
                        ? null
                        : icmp.type()
                                + "/"
                                + icmp.code()
                                + (icmp.from() == null ? "" : " from " + icmp.from()));
        if (evidence.options() != null && !evidence.options().isEmpty()) {
            facts.add(
                    "options "
                            + String.join(
                                    " ",
                                    evidence.options().stream()
                                            .map(Evidence.Option::label)
                                            .toList()));
        }
        return String.join(", ", facts);
    }

    static void add(List<String> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.add(name + " " + value);
        }
    }
}
