package dev.sonde.metrics;

import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.WatchedProbe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes samples of all probes that this process runs, again and again. Safe for any thread.
///
/// Labels go from one round to the next, as the names and targets of a hundred thousand probes are
/// dear to collect: about a hundred bytes are kept for each probe that has series.
final class ProbeSamples {

    private final Schedules schedules;
    private final int mostSeries;

    /// Of the latest round; replaced, never changed.
    private volatile List<ProbeSample> latest = List.of();

    /// One round.
    ///
    /// @param shown in the order of names
    /// @param dropped how many series there are beyond the limit
    record Round(List<ProbeSample> shown, long dropped) {}

    /// @param mostSeries those of the probes beyond are counted, not shown
    ProbeSamples(Schedules schedules, int mostSeries) {
        this.schedules = schedules;
        this.mostSeries = mostSeries;
    }

    Round take() {
        Taking taking = new Taking(latest, mostSeries);
        schedules.forEachOwned(taking::take);
        latest = taking.shown;
        return new Round(taking.shown, taking.dropped);
    }

    /// A round that goes on. For one thread.
    private static final class Taking {

        private final List<ProbeSample> earlier;
        private final int mostSeries;
        private final List<ProbeSample> shown;
        private final SeriesText scratch = new SeriesText();
        private int nextEarlier;
        private long count;
        private long dropped;

        Taking(List<ProbeSample> earlier, int mostSeries) {
            this.earlier = earlier;
            this.mostSeries = mostSeries;
            this.shown = new ArrayList<>(earlier.size());
        }

        void take(WatchedProbe probe) {
            ProbeSample sample = new ProbeSample(probe);
            int own = sample.count();
            if (own == 0) {
                return;
            }
            if (dropped == 0 && count + own <= mostSeries) {
                count += own;
                sample.label(earlierOf(probe), scratch);
                shown.add(sample);
            } else {
                dropped += own;
            }
        }

        /// Both rounds are in the order of names.
        private @Nullable ProbeSample earlierOf(WatchedProbe probe) {
            for (; nextEarlier < earlier.size(); nextEarlier++) {
                ProbeSample candidate = earlier.get(nextEarlier);
                if (candidate.isOf(probe)) {
                    return candidate;
                }
                if (!candidate.isBefore(probe)) {
                    return null;
                }
            }
            return null;
        }
    }
}
