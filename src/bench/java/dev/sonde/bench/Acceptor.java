package dev.sonde.bench;

import dev.sonde.bench.Accepting.Treatment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/// What an acceptor's process runs, told on standard input what to do, one word a line. It ends
/// with its input, so it never outlives the benchmark.
final class Acceptor {

    static final String READY = "acceptor ready ";
    static final String DONE = "acceptor done";
    static final String USED = "acceptor used ";
    static final String HEAP = "acceptor heap ";

    private static final int COLLECTIONS = 3;
    private static final long LOOK_NANOS = 1_000_000;

    private Acceptor() {}

    /// The ways to accept.
    enum Kind {
        BARE,
        SONDE;

        Accepting open(Treatment treatment) throws IOException {
            return switch (this) {
                case BARE -> new BareAcceptor(treatment);
                case SONDE -> new SondeAcceptor(treatment);
            };
        }
    }

    public static void main(String[] args) throws IOException {
        try (Accepting acceptor = Kind.valueOf(args[0]).open(Treatment.valueOf(args[1]))) {
            System.out.println(READY + acceptor.port());
            var commands =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(answer(acceptor, line));
            }
        }
    }

    private static String answer(Accepting acceptor, String command) throws IOException {
        switch (command) {
            case "accept" -> acceptor.accept(true);
            case "pause" -> acceptor.accept(false);
            case "used" -> {
                Usage now = Usage.now();
                return USED + now.atNanos() + " " + now.cpuNanos() + " " + now.allocatedBytes();
            }
            default -> {
                awaitOpen(acceptor, Integer.parseInt(command));
                return HEAP + heapAfterCollection();
            }
        }
        return DONE;
    }

    private static void awaitOpen(Accepting acceptor, int connections) {
        while (acceptor.open() != connections) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long heapAfterCollection() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
