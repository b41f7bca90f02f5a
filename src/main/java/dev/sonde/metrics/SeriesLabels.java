package dev.sonde.metrics;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.ProbeFigures;
import java.util.Arrays;
import java.util.List;

/// The labels of all probes, as text, one after the other. Names and targets of a hundred thousand
/// probes are expensive to collect. They are therefore kept from one scrape to the next: about a
/// hundred bytes for each probe. Immutable.
final class SeriesLabels {

    /// The labels before the first scrape.
    static final SeriesLabels NONE = new SeriesLabels(ProbeFigures.EMPTY, List.of(), 0);

    private static final int FIRST_BYTES = 64 * 1_024;

    /// A run is missing when this many intervals went by without one, and a minute more.
    private static final int INTERVALS = 3;

    private static final long MINUTE_MILLIS = 60_000;

    private final ProbeFigures figures;

    /// The keys of the labels that `sonde_probe_info` shows.
    private final List<String> chosen;

    private final ProbeDefinition[] definitions;

    /// The end of each probe's labels that every series has.
    private final int[] ends;

    /// The end of its chosen labels, which come after those.
    private final int[] chosenEnds;

    private final int[] intervalMillis;

    /// With [AsciiText#SLACK] bytes at its end.
    private byte[] text;

    private SeriesLabels(ProbeFigures figures, List<String> chosen, int bytes) {
        this.figures = figures;
        this.chosen = chosen;
        this.definitions = new ProbeDefinition[figures.size()];
        this.ends = new int[figures.size()];
        this.chosenEnds = new int[figures.size()];
        this.intervalMillis = new int[figures.size()];
        this.text = new byte[bytes];
    }

    /// @param chosen the keys of the labels that `sonde_probe_info` shows; the same at each call
    /// @param earlier labels, which are taken where a probe has not been changed
    static SeriesLabels of(ProbeFigures figures, List<String> chosen, SeriesLabels earlier) {
        SeriesLabels labels =
                new SeriesLabels(figures, chosen, Math.max(FIRST_BYTES, earlier.text.length));
        SeriesText scratch = new SeriesText();
        int next = 0;
        int end = 0;
        for (int i = 0; i < figures.size(); i++) {
            ProbeDefinition definition = figures.definition(i);
            labels.definitions[i] = definition;
            labels.intervalMillis[i] = Math.toIntExact(definition.spec().interval().toMillis());
            next = earlier.find(definition, next);
            if (earlier.isOf(definition, next)) {
                earlier.write(next, scratch);
                labels.ends[i] = end + scratch.length();
                earlier.writeChosen(next, scratch);
            } else {
                scratch.labels(definition.name(), definition.spec().target());
                labels.ends[i] = end + scratch.length();
                labels.choose(definition, scratch);
            }
            end = labels.append(scratch, end);
            labels.chosenEnds[i] = end;
        }
        labels.text = Arrays.copyOf(labels.text, end + AsciiText.SLACK);
        return labels;
    }

    private void choose(ProbeDefinition definition, SeriesText into) {
        for (String key : chosen) {
            String value = definition.spec().labels().get(key);
            if (value != null) {
                into.label(key, value);
            }
        }
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

    /// The place of a probe, or of the first one after it in the order of names.
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

    /// Whether the definition is the same object. A comparison by value would cost more than it
    /// saves.
    @SuppressWarnings("ReferenceEquality")
    private boolean isOf(ProbeDefinition definition, int index) {
        return index < definitions.length && definitions[index] == definition;
    }

    ProbeFigures figures() {
        return figures;
    }

    /// How long a probe may be without a run before one is missing.
    long patienceMillis(int index) {
        return INTERVALS * (long) intervalMillis[index] + MINUTE_MILLIS;
    }

    /// `{probe="web",target="127.0.0.1:80"`.
    void write(int index, SeriesText into) {
        int start = index == 0 ? 0 : chosenEnds[index - 1];
        into.ascii(text, start, ends[index] - start);
    }

    /// `,team="net"`; nothing where the probe has none of the chosen labels.
    void writeChosen(int index, SeriesText into) {
        into.ascii(text, ends[index], chosenEnds[index] - ends[index]);
    }
}
