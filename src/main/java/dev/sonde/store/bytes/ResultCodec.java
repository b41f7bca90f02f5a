package dev.sonde.store.bytes;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A result to and from the bytes of its row: a tenth of its JSON. Bytes are the main cost of a
/// store of ten thousand results a second.
///
/// The first byte is the format's version. A new field is appended under a new version, and older
/// rows are read without it.
public final class ResultCodec {

    /// The first version that has the reports of steps.
    private static final int WITH_REPORTS = 2;

    /// The same for a result of which one attempt that succeeded decides.
    private static final int OF_ANY = 3;

    /// The first version that has judgement, maintenance and lateness. Results without all three
    /// are written without them.
    private static final int WITH_JUDGEMENT = 4;

    /// The first version that has path, questions and look-up of each attempt. Results without all
    /// three are written without them.
    private static final int WITH_QUESTIONS = 5;

    private ResultCodec() {}

    public static byte[] write(ProbeResult result) {
        RowOutput out = new RowOutput();
        boolean isJudged = JudgementCodec.isNeeded(result);
        boolean hasQuestions = QuestionCodec.isNeeded(result);
        out.number(version(isJudged, hasQuestions, result.isAny()));
        if (isJudged || hasQuestions) {
            out.number(result.isAny() ? 1 : 0);
        }
        if (hasQuestions) {
            out.number(isJudged ? 1 : 0);
        }
        out.text(result.target().host());
        out.number(result.target().port());
        out.number(Duration.between(timeOf(result.id()), result.startedAt()).toNanos());
        out.number(result.attempts().size());
        for (AttemptResult attempt : result.attempts()) {
            write(out, attempt);
            if (hasQuestions) {
                QuestionCodec.write(out, attempt);
            }
        }
        if (isJudged) {
            JudgementCodec.write(out, result);
        }
        return out.toBytes();
    }

    private static int version(boolean isJudged, boolean hasQuestions, boolean isAny) {
        if (hasQuestions) {
            return WITH_QUESTIONS;
        }
        return isJudged ? WITH_JUDGEMENT : isAny ? OF_ANY : WITH_REPORTS;
    }

    public static ProbeResult read(UUID id, String probe, byte[] body) {
        RowInput in = new RowInput(body);
        int version = in.count();
        if (version < 1 || version > WITH_QUESTIONS) {
            throw new IllegalStateException("written by a later version: format " + version);
        }
        boolean isAny = version == OF_ANY || (version >= WITH_JUDGEMENT && in.count() == 1);
        boolean isJudged =
                version == WITH_JUDGEMENT || (version >= WITH_QUESTIONS && in.count() == 1);
        Target target = new Target(in.text(), in.count());
        Instant startedAt = timeOf(id).plusNanos(in.number());
        int size = in.count();
        List<AttemptResult> attempts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            AttemptResult attempt = readAttempt(in, version);
            attempts.add(version < WITH_QUESTIONS ? attempt : QuestionCodec.read(in, attempt));
        }
        ProbeResult result = new ProbeResult(id, probe, target, startedAt, attempts, isAny, null);
        return isJudged ? JudgementCodec.read(in, result) : result;
    }

    /// The time in a UUID of version 7, in milliseconds.
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /// The lower bound of all ids of this millisecond or later.
    public static UUID firstId(Instant at) {
        return new UUID(Math.max(at.toEpochMilli(), 0) << 16, 0);
    }

    private static void write(RowOutput out, AttemptResult attempt) {
        out.address(attempt.remote());
        out.address(attempt.local());
        OutcomeCodec.write(out, attempt.outcome());
        OutcomeCodec.write(out, attempt.phases());
        EvidenceCodec.write(out, attempt.evidence());
        EvidenceCodec.write(out, attempt.timeline());
        ReportCodec.write(out, attempt.reports());
    }

    private static AttemptResult readAttempt(RowInput in, int version) {
        return new AttemptResult(
                in.address(),
                in.address(),
                OutcomeCodec.readOutcome(in),
                OutcomeCodec.readPhases(in),
                EvidenceCodec.readEvidence(in),
                EvidenceCodec.readTimeline(in),
                version < WITH_REPORTS ? List.of() : ReportCodec.read(in),
                null);
    }
}
