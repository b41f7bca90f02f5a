package dev.sonde.api.timeline;

import dev.sonde.api.timeline.DiagramStep.Fate;
import java.util.ArrayList;
import java.util.List;

/// The steps of a result's drawing so far. For one thread.
final class StepList {

    private final List<DiagramStep<Party>> steps = new ArrayList<>();
    private boolean isGone;
    private boolean hasFin;
    private boolean isFinDrawn;

    /// A step that was seen.
    void at(long micros, Party from, Party to, String label) {
        steps.add(new DiagramStep<>(micros, from, to, label, Fate.ARRIVES));
    }

    /// A step that was seen, and is bad news.
    void badAt(long micros, Party from, Party to, String label) {
        steps.add(new DiagramStep<>(micros, from, to, label, Fate.HARMS));
    }

    /// A step that follows from what was seen.
    void inferred(Party from, Party to, String label) {
        inferred(from, to, label, Fate.ARRIVES);
    }

    void inferred(Party from, Party to, String label, Fate fate) {
        steps.add(new DiagramStep<>(null, from, to, label, fate));
    }

    void add(DiagramStep<Party> step) {
        steps.add(step);
    }

    /// The listener at the other end closes: its FIN comes behind its data.
    void finFollows() {
        hasFin = !isGone;
    }

    /// The peer's FIN, drawn once however many ends see it.
    ///
    /// @param label of the segment
    void fin(String label) {
        hasFin = false;
        if (!isFinDrawn) {
            isFinDrawn = true;
            inferred(Party.PEER, Party.KERNEL, label);
        }
    }

    /// The FIN that is known and not drawn yet.
    void finIfAny() {
        if (hasFin) {
            fin("FIN");
        }
    }

    /// The peer's RST, drawn once however many ends see it.
    void reset() {
        if (!isGone) {
            isGone = true;
            inferred(Party.PEER, Party.KERNEL, "RST", Fate.HARMS);
        }
    }

    /// From now on there is no connection, so neither end sends a FIN.
    void gone() {
        isGone = true;
    }

    boolean isGone() {
        return isGone;
    }

    List<DiagramStep<Party>> all() {
        return List.copyOf(steps);
    }
}
