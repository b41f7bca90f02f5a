package dev.sonde.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Two services with the same probes, measured in turn. The probes of the other one are paused
/// meanwhile.
///
/// @param before of the other build
/// @param now of this one
record SchedulePairs(ScheduledService before, ScheduledService now) {

    /// One interval passes before each measured time.
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final int MOST_ROUNDS = 4;

    /// One turn of one service.
    ///
    /// @param bare the same load without scrapes
    private record Turn(ScheduleFigures scraped, ScheduleFigures bare) {}

    PairTable measure(Options options) throws IOException, InterruptedException {
        List<Turn> earlier = new ArrayList<>();
        List<Turn> later = new ArrayList<>();
        int rounds = Math.min(options.rounds(), options.quick() ? 2 : MOST_ROUNDS);
        for (int round = 0; round < rounds; round++) {
            earlier.add(turn(before, options.quick() ? 10 : 20));
            later.add(turn(now, options.quick() ? 10 : 20));
        }
        return new Columns(new PairTable(), earlier, later).table();
    }

    private static Turn turn(ScheduledService service, int seconds)
            throws IOException, InterruptedException {
        service.pause(false);
        Thread.sleep(SETTLING);
        Turn turn = new Turn(service.measure(seconds, true), service.measure(seconds / 2, false));
        service.pause(true);
        var _ = service.drained();
        return turn;
    }

    private record Columns(PairTable pairs, List<Turn> before, List<Turn> now) {

        PairTable table() {
            pairs.rate(
                    "runs a second",
                    PairTable.WANTED,
                    of(before, turn -> turn.scraped().runsPerSecond()),
                    of(now, turn -> turn.scraped().runsPerSecond()));
            cost("CPU us per run, scrapes included", turn -> turn.scraped().cpuMicrosPerRun());
            cost("CPU us per run, without scrapes", turn -> turn.bare().cpuMicrosPerRun());
            cost("bytes allocated per run", turn -> turn.scraped().bytesPerRun());
            cost("lateness p99, ms", turn -> turn.scraped().latenessMillis(0.99));
            cost("scrape, median, ms", turn -> turn.scraped().scrapeMillis(0.5));
            fact("scrape, MB", turn -> turn.scraped().scrapeMegabytes());
            fact("runs skipped", turn -> turn.scraped().skipped());
            fact("attempts that did not succeed", turn -> turn.scraped().unsuccessful());
            return pairs;
        }

        private void cost(String what, ToDoubleFunction<Turn> figure) {
            pairs.cost(what, PairTable.WANTED, of(before, figure), of(now, figure));
        }

        private void fact(String what, ToDoubleFunction<Turn> figure) {
            pairs.fact(what, of(before, figure), of(now, figure));
        }

        private static double[] of(List<Turn> turns, ToDoubleFunction<Turn> figure) {
            return turns.stream().mapToDouble(figure).toArray();
        }
    }
}
