package dev.sonde.store.bytes;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.Question;
import java.util.ArrayList;
import java.util.List;

/// The path and the questions of an attempt, to and from a row. Few results have any, so the path
/// is JSON.
final class QuestionCodec {

    private QuestionCodec() {}

    static boolean isNeeded(ProbeResult result) {
        List<AttemptResult> attempts = result.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            AttemptResult attempt = attempts.get(i);
            if (attempt.path() != null || !attempt.evidence().asked().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    static void write(RowOutput out, AttemptResult attempt) {
        List<Asked> asked = attempt.evidence().asked();
        out.number(asked.size());
        for (Asked each : asked) {
            out.text(each.question().name());
            out.text(each.answer());
        }
        PathReport path = attempt.path();
        out.text(path == null ? null : StoredJson.MAPPER.writeValueAsString(path));
    }

    static AttemptResult read(RowInput in, AttemptResult attempt) {
        int size = in.count();
        List<Asked> asked = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            asked.add(new Asked(Question.valueOf(in.text()), in.text()));
        }
        String path = in.optionalText();
        return attempt.withQuestions(
                asked, path == null ? null : StoredJson.MAPPER.readValue(path, PathReport.class));
    }
}
