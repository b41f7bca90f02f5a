package dev.sonde.metrics;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.ProbeFigures;
import java.util.Arrays;

/// The labels of all probes of a roll that may have series, as text, one after the other: those
/// that are not paused, and those that have failed before. Names and targets of a hundred thousand
/// probes are dear to collect, so they go from one scrape to the next: about a hundred bytes for
/// each probe. Immutable.
final class SeriesLabels {

    /// Before the first scrape.
    static final SeriesLabels NONE = new SeriesLabels(ProbeFigures.EMPTY, 0);

    private static final int FIRST_BYTES = 64 * 1_024;

    private final ProbeFigures roll;
    private final ProbeDefinition[] definitions;

    /// Where the labels of each probe end.
    private final int[] ends;

    private byte[] text;

    private SeriesLabels(ProbeFigures roll, int bytes) {
        this.roll = roll;
        this.definitions = new ProbeDefinition[roll.size()];
        this.ends = new int[roll.size()];
        this.text = new byte[bytes];
    }

    /// @param earlier of another roll, whose labels are taken where a probe has not been changed
    static SeriesLabels of(ProbeFigures roll, SeriesLabels earlier) {
        SeriesLabels labels = new SeriesLabels(roll, Math.max(FIRST_BYTES, earlier.text.length));
        SeriesText scratch = new SeriesText();
        int next = 0;
        int end = 0;
        for (int i = 0; i < roll.size(); i++) {
            ProbeDefinition definition = roll.definition(i);
            labels.definitions[i] = definition;
            if (!definition.spec().paused() || roll.failures(i) != null) {
                next = earlier.find(definition, next);
                if (earlier.has(definition, next)) {
                    earlier.write(next, scratch);
                } else {
                    scratch.labels(definition.name(), definition.spec().target());
                }
                end = labels.append(scratch, end);
            }
            labels.ends[i] = end;
        }
        labels.text = Arrays.copyOf(labels.text, end);
        return labels;
    }

    private int append(SeriesText labels, int at) {
        int end = at + labels.length();
        if (end > text.length) {
            text = Arrays.copyOf(text, end + text.length / 2);
        }
        System.arraycopy(labels.bytes(), 0, text, at, labels.length());
        labels.clear();
        return end;
    }

    /// Where a probe is, or the first one after it in the order of names.
    ///
    /// @param from not after it
    private int find(ProbeDefinition definition, int from) {
        int found = from;
        while (found < definitions.length
                && !isOf(definition, found)
                && definitions[found].name().compareTo(definition.name()) < 0) {
            found++;
        }
        return found;
    }

    /// The very same definition; one that is equal costs more than it is worth to find out.
    @SuppressWarnings("ReferenceEquality")
    private boolean isOf(ProbeDefinition definition, int index) {
        return index < definitions.length && definitions[index] == definition;
    }

    private boolean has(ProbeDefinition definition, int index) {
        return isOf(definition, index) && !isEmpty(index);
    }

    ProbeFigures roll() {
        return roll;
    }

    /// Whether a probe has none.
    boolean isEmpty(int index) {
        return start(index) == ends[index];
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /// `{probe="web",target="127.0.0.1:80"`; nothing for a probe that has none.
    void write(int index, SeriesText into) {
        into.ascii(text, start(index), ends[index] - start(index));
    }
}
