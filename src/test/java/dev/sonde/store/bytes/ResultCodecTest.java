package dev.sonde.store.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sonde.probe.expect.Judgement;
import dev.sonde.probe.expect.Unmet;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.OcspStaple;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.Phase;
import dev.sonde.store.Samples;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultCodecTest {

    private static final DialogueReport TALKED =
            new DialogueReport(3, 2, Map.of("a", "ä\n"), 5, 6, DialogueReport.Mismatch.PATTERN);

    private static final TlsReport SHAKEN =
            new TlsReport(
                    "TLSv1.3",
                    "TLS_AES_256_GCM_SHA384",
                    null,
                    "db.example",
                    List.of(
                            new CertificateFacts(
                                    "CN=db.example",
                                    "CN=Example CA",
                                    List.of("db.example"),
                                    "1f",
                                    "9f86",
                                    Instant.EPOCH,
                                    Instant.EPOCH.plusSeconds(1))),
                    false,
                    null,
                    null,
                    true,
                    new OcspStaple(
                            OcspStaple.Status.GOOD,
                            Instant.EPOCH,
                            Instant.EPOCH.plusSeconds(2),
                            null,
                            null));
    private static final ObserveReport OBSERVED =
            new ObserveReport(
                    ObserveReport.Verdict.HALF_ESTABLISHED, 4L, 4L, null, null, 2L, 1L, null);
    private static final HoldReport HELD =
            new HoldReport(
                    HoldReport.EndedBy.KERNEL,
                    HoldReport.Mechanism.KEEPALIVE,
                    7,
                    null,
                    0,
                    0L,
                    61L,
                    0L,
                    3L,
                    3L);
    private static final FloodReport FLOODED =
            new FloodReport(9, 8L, 7L, FloodReport.Stall.ZERO_WINDOW, 6L, 0L, 0L, 1L, 5L, null);

    @Test
    void resultIsTheSameWhenReadBack() {
        assertReadBack(Samples.result("a", 1));
    }

    @Test
    void failureIsTheSameWhenReadBack() {
        assertReadBack(Samples.result("a", 1, Samples.REFUSED));
    }

    @Test
    void everyAttemptIsReadBackWhenThereAreSeveral() {
        Outcome notProbed =
                new Outcome.NotProbed(NotProbedReason.DENIED_BY_POLICY, null, "größer, 5 €");
        Evidence icmp =
                new Evidence(
                        Evidence.Source.NONE,
                        null,
                        null,
                        null,
                        null,
                        "EHOSTUNREACH",
                        Evidence.RefusedBy.ICMP,
                        new IcmpMessage(4, 3, 1, "10.0.0.1"),
                        null,
                        null,
                        null);
        AttemptResult odd =
                new AttemptResult(
                        new InetSocketAddress(InetAddress.ofLiteral("::1"), 80),
                        null,
                        notProbed,
                        List.of(),
                        icmp,
                        List.of(
                                new TimelineEvent(
                                        -5,
                                        TimelineEvent.Side.LISTENER,
                                        TimelineEvent.Kind.ERROR,
                                        null,
                                        3,
                                        "EPIPE")));
        assertReadBack(withAttempts(List.of(odd, Samples.attempt(Samples.SUCCEEDED))));
    }

    @Test
    void reportsOfStepsAreTheSameWhenReadBack() {
        AttemptResult plain = Samples.attempt(Samples.SUCCEEDED);
        assertReadBack(
                withAttempts(
                        List.of(
                                new AttemptResult(
                                        plain.remote(),
                                        plain.local(),
                                        plain.outcome(),
                                        List.of(new PhaseTime(Phase.HOLD, 5)),
                                        plain.evidence(),
                                        plain.timeline(),
                                        List.of(SHAKEN, TALKED, OBSERVED, HELD, FLOODED),
                                        null))));
    }

    @Test
    void oneAttemptThatIsEnoughIsReadBack() {
        ProbeResult plain = Samples.result("a", 1);
        ProbeResult any =
                new ProbeResult(
                        plain.id(),
                        plain.probe(),
                        plain.target(),
                        plain.startedAt(),
                        plain.attempts(),
                        true,
                        plain.replica());
        assertReadBack(any);
    }

    @Test
    void rowIsReadWithoutReportsWhenTheFirstVersionWroteIt() {
        ProbeResult result = Samples.result("a", 1);
        byte[] now = ResultCodec.write(result);
        byte[] then = Arrays.copyOf(now, now.length - 1);
        then[0] = 2; // version 1, zigzag
        assertThat(ResultCodec.read(result.id(), "a", then)).isEqualTo(result);
    }

    @Test
    void judgementMaintenanceAndLatenessAreReadBack() {
        ProbeResult plain = Samples.result("a", 1);
        assertReadBack(plain.withMaintenance(true));
        assertReadBack(plain.withLateness(1_234));
        assertReadBack(plain.withLateness(0).withJudgement(Judgement.met()));
        assertReadBack(
                plain.withJudgement(
                        new Judgement(
                                true,
                                List.of(
                                        new Unmet("rtt", "<20ms", null),
                                        new Unmet("certificateDays", ">=14", "13")))));
    }

    @Test
    void pathAndQuestionsAreReadBack() {
        PathReport path =
                new PathReport(
                        List.of(
                                new PathReport.Hop(
                                        1,
                                        "10.0.0.1",
                                        210L,
                                        new PathReport.Message(11, 0, "10.0.0.1")),
                                PathReport.Hop.silent(2)),
                        false,
                        1,
                        "SYNs vanish");
        ProbeResult plain = Samples.result("a", 1);
        ProbeResult walked =
                plain.withFindings(new Findings(List.of(new Asked(Question.PATH, "a")), path));
        assertReadBack(walked);
        assertReadBack(walked.withLateness(1_234));
        assertReadBack(
                withAttempts(
                        List.of(
                                Samples.attempt(Samples.SUCCEEDED),
                                Samples.attempt(Samples.REFUSED)
                                        .withQuestions(
                                                List.of(new Asked(Question.MTU, "ä")), null))));
    }

    @Test
    void lookupIsReadBack() {
        for (NameEvidence lookup :
                List.of(
                        NameEvidence.OF_HOSTS_FILE,
                        NameEvidence.unanswered("10.0.0.1:53, 10.0.0.2:53"),
                        new NameEvidence(
                                NameEvidence.Source.DNS,
                                "NOERROR",
                                "10.0.0.1:53",
                                210L,
                                List.of("a.test", "b.test"),
                                60L,
                                true))) {
            assertReadBack(
                    withAttempts(List.of(Samples.attempt(Samples.SUCCEEDED).withLookup(lookup))));
        }
    }

    @Test
    void rowIsSmallWhenAllWentWell() {
        assertThat(ResultCodec.write(Samples.result("a", 1)).length).isLessThan(100);
    }

    @Test
    void rowIsRefusedWhenALaterVersionWroteIt() {
        ProbeResult result = Samples.result("a", 1);
        byte[] body = ResultCodec.write(result);
        body[0] = 12;
        assertThatIllegalStateException()
                .isThrownBy(() -> ResultCodec.read(result.id(), "a", body))
                .withMessage("written by a later version: format 6");
    }

    private static ProbeResult withAttempts(List<AttemptResult> attempts) {
        ProbeResult one = Samples.result("a", 1);
        return new ProbeResult(one.id(), "a", one.target(), one.startedAt(), attempts);
    }

    private static void assertReadBack(ProbeResult result) {
        byte[] body = ResultCodec.write(result);
        assertThat(ResultCodec.read(result.id(), "a", body)).isEqualTo(result);
    }
}
