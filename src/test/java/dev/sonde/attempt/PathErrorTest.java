package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.kernel.KernelFeatures;
import dev.sonde.lab.Lab;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every way in which a filter, a router or a route refuses a connect, through the whole attempt,
/// with the kernel asked and not. Needs root.
@Execution(ExecutionMode.CONCURRENT)
class PathErrorTest {

    private static final String RULES =
            """
            table inet lab {
              chain input {
                type filter hook input priority 0;
                ip version 4 tcp dport 1 reject with icmp type net-unreachable
                ip version 4 tcp dport 2 reject with icmp type host-unreachable
                ip version 4 tcp dport 3 reject with icmp type prot-unreachable
                ip version 4 tcp dport 4 reject with icmp type port-unreachable
                ip version 4 tcp dport 5 reject with icmp type net-prohibited
                ip version 4 tcp dport 6 reject with icmp type host-prohibited
                ip version 4 tcp dport 7 reject with icmp type admin-prohibited
                ip6 version 6 tcp dport 1 reject with icmpv6 type no-route
                ip6 version 6 tcp dport 2 reject with icmpv6 type admin-prohibited
                ip6 version 6 tcp dport 3 reject with icmpv6 type addr-unreachable
                ip6 version 6 tcp dport 4 reject with icmpv6 type port-unreachable
                ip6 version 6 tcp dport 5 reject with icmpv6 type policy-fail
                ip6 version 6 tcp dport 6 reject with icmpv6 type reject-route
                tcp dport 9 reject with tcp reset
              }
            }
            """;

    private static final String OWN_RULES =
            """
            table inet lab {
              chain output {
                type filter hook output priority 0;
                tcp dport 21 reject with icmpx type admin-prohibited
                tcp dport 22 reject with tcp reset
              }
            }
            """;

    private static final String ROUTES =
            """
            route add unreachable 10.9%1$d.1.0/24
            route add prohibit    10.9%1$d.2.0/24
            route add blackhole   10.9%1$d.3.0/24
            route add throw       10.9%1$d.4.0/24
            route add unreachable fd9%1$d:1::/64
            route add prohibit    fd9%1$d:2::/64
            route add blackhole   fd9%1$d:3::/64
            route add throw       fd9%1$d:4::/64
            """;

    /// Target, verdict with the kernel, verdict without it if another, errno, and the ICMP message:
    /// version, type, code, sender. 9x.8 are the client's own routes, 9x.9 the router's.
    private static final String TABLE =
            """
            10.77.0.2:1  | failed/net_unreachable    |                         | ENETUNREACH  | 4 3 0 10.77.0.2
            10.77.0.2:2  | failed/host_unreachable   |                         | EHOSTUNREACH | 4 3 1 10.77.0.2
            10.77.0.2:3  | failed/refused            |                         | ENOPROTOOPT  | 4 3 2 10.77.0.2
            10.77.0.2:4  | failed/refused            |                         | ECONNREFUSED | 4 3 3 10.77.0.2
            10.77.0.2:5  | failed/prohibited         | failed/net_unreachable  | ENETUNREACH  | 4 3 9 10.77.0.2
            10.77.0.2:6  | failed/prohibited         | failed/host_unreachable | EHOSTUNREACH | 4 3 10 10.77.0.2
            10.77.0.2:7  | failed/prohibited         | failed/host_unreachable | EHOSTUNREACH | 4 3 13 10.77.0.2
            10.77.0.2:9  | failed/refused            |                         | ECONNREFUSED | rst
            10.77.0.2:11 | failed/refused            |                         | ECONNREFUSED | rst
            10.77.0.2:21 | failed/prohibited         | failed/host_unreachable | EHOSTUNREACH | 4 3 13 10.77.0.1
            10.77.0.2:22 | failed/refused            |                         | ECONNREFUSED | rst
            10.77.0.99:1 | failed/host_unreachable   |                         | EHOSTUNREACH | 4 3 1 10.77.0.1
            [fd77::2]:1  | failed/net_unreachable    |                         | ENETUNREACH  | 6 1 0 fd77::2
            [fd77::2]:2  | failed/prohibited         |                         | EACCES       | 6 1 1 fd77::2
            [fd77::2]:3  | failed/host_unreachable   |                         | EHOSTUNREACH | 6 1 3 fd77::2
            [fd77::2]:4  | failed/refused            |                         | ECONNREFUSED | 6 1 4 fd77::2
            [fd77::2]:5  | failed/prohibited         |                         | EACCES       | 6 1 5 fd77::2
            [fd77::2]:6  | failed/prohibited         |                         | EACCES       | 6 1 6 fd77::2
            [fd77::2]:9  | failed/refused            |                         | ECONNREFUSED | rst
            [fd77::2]:21 | failed/prohibited         |                         | EACCES       | 6 1 1 fd77::1
            10.98.1.1:80 | not_probed/local_error    |                         | EHOSTUNREACH |
            10.98.2.1:80 | not_probed/local_error    |                         | EACCES       |
            10.98.3.1:80 | not_probed/local_error    |                         | EINVAL       |
            10.98.4.1:80 | not_probed/local_error    |                         | ENETUNREACH  |
            [fd98:1::1]:80 | not_probed/local_error  |                         | EHOSTUNREACH |
            [fd98:2::1]:80 | not_probed/local_error  |                         | EACCES       |
            [fd98:3::1]:80 | not_probed/local_error  |                         | EINVAL       |
            [fd98:4::1]:80 | not_probed/local_error  |                         | ENETUNREACH  |
            10.99.1.1:80 | failed/host_unreachable   |                         | EHOSTUNREACH | 4 3 1 10.77.0.2
            10.99.2.1:80 | failed/prohibited         | failed/host_unreachable | EHOSTUNREACH | 4 3 13 10.77.0.2
            10.99.4.1:80 | failed/net_unreachable    |                         | ENETUNREACH  | 4 3 0 10.77.0.2
            10.99.3.1:80 | failed/timed_out          |                         |              |
            [fd99:1::1]:80 | failed/net_unreachable  |                         | ENETUNREACH  | 6 1 0 fd77::2
            [fd99:2::1]:80 | failed/prohibited       |                         | EACCES       | 6 1 1 fd77::2
            """;

    private static final Pattern OWN = Pattern.compile("77(\\.0\\.|::)1$");

    private record Row(
            String target, String asked, String notAsked, String errno, String refusedBy) {

        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            String asked = cells[1].strip();
            String other = cells[2].strip();
            return new Row(
                    cells[0].strip(),
                    asked,
                    other.isEmpty() ? asked : other,
                    cells[3].strip(),
                    cells[4].strip());
        }
    }

    @Test
    void everyErrorOfAPathHasItsReason() throws IOException {
        try (Lab lab = Lab.open();
                TestEngine asking = engine(lab, TestEngine.KERNEL);
                TestEngine notAsking = engine(lab, TestEngine.NO_KERNEL)) {
            lab.server().nft(RULES);
            lab.client().nft(OWN_RULES);
            lab.client().ip(ROUTES.formatted(8));
            lab.server().ip(ROUTES.formatted(9));
            Map<Row, Submitted> asked = submitAll(asking);
            Map<Row, Submitted> notAsked = submitAll(notAsking);

            SoftAssertions softly = new SoftAssertions();
            asked.forEach((row, submitted) -> check(softly, row, asking.await(submitted)));
            notAsked.forEach(
                    (row, submitted) ->
                            softly.assertThat(notAsking.await(submitted).verdict())
                                    .as("%s, kernel not asked", row.target())
                                    .isEqualTo(row.notAsked()));
            softly.assertAll();
        }
    }

    private static void check(SoftAssertions softly, Row row, Submitted submitted) {
        AttemptResult attempt = submitted.attempt();
        Evidence evidence = attempt.evidence();
        softly.assertThat(submitted.verdict()).as(row.target()).isEqualTo(row.asked());
        softly.assertThat(String.valueOf(evidence.errno()))
                .as(row.target())
                .isEqualTo(row.errno().isEmpty() ? "null" : row.errno());
        softly.assertThat(refusedBy(evidence)).as(row.target()).isEqualTo(row.refusedBy());
        softly.assertThat(String.valueOf(attempt.outcome().detail()).contains("this host itself"))
                .as(row.target())
                .isEqualTo(OWN.matcher(row.refusedBy()).find());
    }

    private static String refusedBy(Evidence evidence) {
        IcmpMessage icmp = evidence.icmp();
        if (icmp == null) {
            return evidence.refusedBy() == null ? "" : evidence.refusedBy().label();
        }
        assertThat(evidence.refusedBy()).isEqualTo(Evidence.RefusedBy.ICMP);
        return "%d %d %d %s".formatted(icmp.version(), icmp.type(), icmp.code(), icmp.from());
    }

    private static Map<Row, Submitted> submitAll(TestEngine engine) {
        ProbeSettings settings = Settings.within(Duration.ofSeconds(5));
        List<Row> rows = TABLE.lines().map(Row::of).toList();
        Map<Row, Submitted> submitted = new LinkedHashMap<>();
        rows.forEach(row -> submitted.put(row, engine.submit(row.target(), settings)));
        return submitted;
    }

    private static TestEngine engine(Lab lab, KernelFeatures kernel) throws IOException {
        return lab.client().call(() -> TestEngine.setup().kernel(kernel).started());
    }
}
