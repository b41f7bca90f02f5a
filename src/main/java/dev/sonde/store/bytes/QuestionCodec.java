package dev.sonde.store.bytes;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.Question;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Path, questions and look-up of an attempt, to and from a row. Few results have a path, so it is
/// JSON.
final class QuestionCodec {

    private QuestionCodec() {}

    static boolean isNeeded(ProbeResult result) {
        List<AttemptResult> attempts = result.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            AttemptResult attempt = attempts.get(i);
            if (attempt.path() != null
                    || attempt.lookup() != null
                    || !attempt.evidence().asked().isEmpty()) {
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
        write(out, attempt.lookup());
    }

    static AttemptResult read(RowInput in, AttemptResult attempt) {
        int size = in.count();
        List<Asked> asked = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            asked.add(new Asked(Question.valueOf(in.text()), in.text()));
        }
        String path = in.optionalText();
        return attempt.withQuestions(
                        asked,
                        path == null ? null : StoredJson.MAPPER.readValue(path, PathReport.class))
                .withLookup(readLookup(in));
    }

    private static void write(RowOutput out, @Nullable NameEvidence lookup) {
        out.text(lookup == null ? null : lookup.source().name());
        if (lookup == null) {
            return;
        }
        out.text(lookup.code());
        out.text(lookup.server());
        out.optionalNumber(lookup.rttMicros());
        out.optionalNumber(lookup.ttlSeconds());
        Boolean fromCache = lookup.fromCache();
        out.optionalNumber(fromCache == null ? null : fromCache ? 1L : 0L);
        List<String> aliases = lookup.aliases();
        out.number(aliases == null ? 0 : aliases.size());
        if (aliases != null) {
            aliases.forEach(out::text);
        }
    }

    private static @Nullable NameEvidence readLookup(RowInput in) {
        String source = in.optionalText();
        if (source == null) {
            return null;
        }
        String code = in.optionalText();
        String server = in.optionalText();
        Long rttMicros = in.optionalNumber();
        Long ttlSeconds = in.optionalNumber();
        Long fromCache = in.optionalNumber();
        int size = in.count();
        List<String> aliases = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            aliases.add(in.text());
        }
        return new NameEvidence(
                NameEvidence.Source.valueOf(source),
                code,
                server,
                rttMicros,
                aliases.isEmpty() ? null : aliases,
                ttlSeconds,
                fromCache == null ? null : fromCache == 1);
    }
}
