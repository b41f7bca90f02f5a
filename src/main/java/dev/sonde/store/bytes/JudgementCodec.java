package dev.sonde.store.bytes;

import dev.sonde.probe.expect.Judgement;
import dev.sonde.probe.expect.Unmet;
import dev.sonde.probe.finding.ProbeResult;
import java.util.ArrayList;
import java.util.List;

/// The judgement of a run, its maintenance and its lateness, to and from a row.
final class JudgementCodec {

    private static final int IN_MAINTENANCE = 1;
    private static final int JUDGED = 2;
    private static final int EXPECTED = 4;

    private static final int LATE = 8;

    private JudgementCodec() {}

    static boolean isNeeded(ProbeResult result) {
        return result.judgement() != null
                || result.inMaintenance()
                || result.latenessMicros() != null;
    }

    static void write(RowOutput out, ProbeResult result) {
        Judgement judgement = result.judgement();
        boolean isExpected = judgement != null && judgement.isExpected();
        out.number(
                (result.inMaintenance() ? IN_MAINTENANCE : 0)
                        | (judgement == null ? 0 : JUDGED)
                        | (isExpected ? EXPECTED : 0)
                        | (result.latenessMicros() == null ? 0 : LATE));
        if (result.latenessMicros() != null) {
            out.number(result.latenessMicros());
        }
        if (judgement == null) {
            return;
        }
        out.number(judgement.unmet().size());
        for (Unmet unmet : judgement.unmet()) {
            out.text(unmet.condition());
            out.text(unmet.expected());
            out.text(unmet.found());
        }
    }

    static ProbeResult read(RowInput in, ProbeResult result) {
        int flags = in.count();
        ProbeResult read = result.withMaintenance((flags & IN_MAINTENANCE) != 0);
        if ((flags & LATE) != 0) {
            read = read.withLateness(in.number());
        }
        if ((flags & JUDGED) == 0) {
            return read;
        }
        int size = in.count();
        List<Unmet> unmet = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            unmet.add(new Unmet(in.text(), in.text(), in.optionalText()));
        }
        return read.withJudgement(new Judgement((flags & EXPECTED) != 0, unmet));
    }
}
