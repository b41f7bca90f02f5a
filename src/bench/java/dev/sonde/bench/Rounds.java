package dev.sonde.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Measures contenders in turn, A B C A B C, so that whatever else the machine does meets all of
/// them alike.
final class Rounds {

    private Rounds() {}

    static List<Series> run(List<Contender> contenders, Options options)
            throws IOException, InterruptedException {
        for (int round = 0; round < options.warmUpRounds(); round++) {
            for (Contender contender : contenders) {
                contender.measure(options.connects());
            }
        }
        List<List<Sample>> samples =
                contenders.stream().<List<Sample>>map(_ -> new ArrayList<>()).toList();
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < contenders.size(); i++) {
                samples.get(i).add(contenders.get(i).measure(options.connects()));
            }
        }
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            all.add(new Series(contenders.get(i), samples.get(i)));
        }
        return all;
    }
}
