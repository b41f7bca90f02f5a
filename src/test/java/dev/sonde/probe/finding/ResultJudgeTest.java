package dev.sonde.probe.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.expect.Condition;
import dev.sonde.probe.expect.Expectation;
import dev.sonde.probe.expect.Measure;
import dev.sonde.probe.expect.Relation;
import dev.sonde.probe.expect.Unmet;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.Target;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway") // a null fails the test
class ResultJudgeTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Outcome OK = Outcome.Succeeded.connected();
    private static final Outcome REFUSED =
            new Outcome.Failed(FailureReason.REFUSED, Phase.CONNECT, "a RST answered");
    private static final Outcome RESET =
            new Outcome.Failed(FailureReason.RESET, Phase.CONNECT, "a RST came");
    private static final Outcome NOBODY_ASKED =
            new Outcome.NotProbed(NotProbedReason.OVERLOADED, null, "the queue is full");
    private static final Expectation CLOSED = new Expectation(true, List.of("refused"), List.of());

    @Test
    void portThatMustBeRefusedIsGoodOnlyWhileItIs() {
        assertThat(judged(REFUSED, CLOSED).verdict()).isEqualTo(Verdict.GOOD);
        ProbeResult reset = judged(RESET, CLOSED);
        assertThat(reset.verdict()).isEqualTo(Verdict.BAD);
        assertThat(reset.judgement().unmet())
                .containsExactly(new Unmet("reasons", "refused", "reset"));
        ProbeResult open = judged(OK, CLOSED);
        assertThat(open.verdict()).isEqualTo(Verdict.BAD);
        assertThat(open.judgement().unmet())
                .containsExactly(new Unmet("outcome", "failed", "succeeded"));
        assertThat(judged(NOBODY_ASKED, CLOSED).verdict()).isEqualTo(Verdict.NONE);
    }

    @Test
    void outcomeDecidesWithoutAnExpectation() {
        assertThat(judged(OK, null).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(judged(REFUSED, null).verdict()).isEqualTo(Verdict.BAD);
        assertThat(judged(REFUSED, null).judgement()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "CONNECT,              LESS,     2000,  -",
                "CONNECT,              LESS,     1500,  1.500ms",
                "RTT,                  AT_MOST,  700,   -",
                "RTT,                  AT_MOST,  699,   0.700ms",
                "SYN_RETRANSMITS,      EQUAL,    0,     1",
                "CERTIFICATE_DAYS,     AT_LEAST, 13,    -",
                "CERTIFICATE_DAYS,     AT_LEAST, 14,    13",
                "CERTIFICATE_LIFETIME, AT_LEAST, 1300,  -",
                "CERTIFICATE_LIFETIME, AT_LEAST, 1400,  13.50%",
                "TLS_VERSION,          AT_LEAST, 0,     -",
                "TLS_VERSION,          AT_LEAST, 1,     TLSv1.2",
            })
    void figureOutOfItsBoundMakesTheRunDegraded(
            Measure measure, Relation relation, long bound, String found) {
        Condition condition = new Condition(measure, relation, bound, "as written");
        ProbeResult result = judged(OK, new Expectation(false, List.of(), List.of(condition)));
        boolean isMet = found.equals("-");
        assertThat(result.verdict()).isEqualTo(isMet ? Verdict.GOOD : Verdict.DEGRADED);
        if (!isMet) {
            assertThat(result.judgement().unmet())
                    .containsExactly(new Unmet(measure.label(), "as written", found));
        }
    }

    @Test
    void figureThatWasNotMeasuredIsUnmetWithoutAValue() {
        Condition condition = new Condition(Measure.RTT, Relation.LESS, 1, "<1us");
        ProbeResult result =
                ResultJudge.judge(
                        result(
                                new AttemptResult(
                                        null, null, OK, List.of(), Evidence.NONE, List.of())),
                        new Expectation(false, List.of(), List.of(condition)));
        assertThat(result.judgement().unmet()).containsExactly(new Unmet("rtt", "<1us", null));
    }

    private static ProbeResult judged(Outcome outcome, Expectation expected) {
        CertificateFacts own =
                new CertificateFacts(
                        "CN=a",
                        "CN=b",
                        List.of("a"),
                        "01",
                        "ff",
                        AT.minusSeconds(865L * 8_640),
                        AT.plusSeconds(135L * 8_640));
        TlsReport tls =
                new TlsReport(
                        "TLSv1.2",
                        "suite",
                        null,
                        "a",
                        List.of(own),
                        true,
                        null,
                        false,
                        false,
                        null);
        Evidence evidence =
                new Evidence(
                        Evidence.Source.TCP_INFO,
                        null,
                        700L,
                        false,
                        1L,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return ResultJudge.judge(
                result(
                        new AttemptResult(
                                null,
                                null,
                                outcome,
                                List.of(new PhaseTime(Phase.CONNECT, 1_500_000)),
                                evidence,
                                List.of(),
                                List.of(tls),
                                null)),
                expected);
    }

    private static ProbeResult result(AttemptResult attempt) {
        return new ProbeResult(
                new UUID(1, 1), "a", new Target("127.0.0.1", 1), AT, List.of(attempt));
    }
}
