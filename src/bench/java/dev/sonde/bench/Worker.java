package dev.sonde.bench;

import dev.sonde.bench.BareLoop.Asked;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// What a client's process runs: one way to connect, told on standard input what to do, one
/// workload a line. It ends with its input, so it never outlives the benchmark.
final class Worker {

    static final String READY = "worker ready";
    static final String SAMPLE = "worker sample ";

    private Worker() {}

    /// The ways to connect.
    enum Kind {
        BARE {
            @Override
            Load load(int port) {
                return new BareLoop(Asked.WHEN_READY, port);
            }
        },
        EAGER {
            @Override
            Load load(int port) {
                return new BareLoop(Asked.AT_ONCE, port);
            }
        },
        TWO_EAGER {
            @Override
            Load load(int port) {
                List<BareLoop> loops =
                        Stream.generate(() -> new BareLoop(Asked.AT_ONCE, port)).limit(2).toList();
                return new SeveralLoops(loops);
            }
        },
        ENGINE {
            @Override
            Load load(int port) {
                return new EngineLoad(1, true, port);
            }
        },
        ENGINE_WITHOUT_EVIDENCE {
            @Override
            Load load(int port) {
                return new EngineLoad(1, false, port);
            }
        },
        TWO_LOOP_ENGINE {
            @Override
            Load load(int port) {
                return new EngineLoad(2, true, port);
            }
        };

        abstract Load load(int port);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try (Load load = Kind.valueOf(args[0]).load(Integer.parseInt(args[1]))) {
            System.out.println(READY);
            var commands =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                Sample sample = load.measure(Workload.ofLine(line));
                System.out.println(SAMPLE + sample.toLine());
            }
        }
    }
}
