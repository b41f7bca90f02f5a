package dev.sonde.bench;

import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.name.DnsResolver;
import dev.sonde.attempt.name.NameQuestion;
import dev.sonde.attempt.name.NameResolver;
import dev.sonde.attempt.name.Resolution;
import dev.sonde.attempt.name.Resolver;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.spec.AddressFamily;
import java.net.InetAddress;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// The callers of one resolver: 10,000 look-ups a second of 1,000 names, begun at an even pace. One
/// line has what came of them.
final class NameCallersProcess {

    static final String DONE = "done ";

    private static final int NAMES = 1_000;
    private static final int PER_TICK = 10;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int WARM_UP_TICKS = 4_000;
    private static final int MOST_WAITING = 10_000;
    private static final int THREADS = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// The resolver, and whether answers are used again.
    enum Mode {
        DNS("dns, each asked anew", 0),
        /// As probes of an interval of ten seconds have it.
        DNS_REUSED("dns, answers reused for 5 s", TimeUnit.SECONDS.toNanos(5)),
        SYSTEM("system (16 threads)", 0);

        private final String label;
        private final long reuseNanos;

        Mode(String label, long reuseNanos) {
            this.label = label;
            this.reuseNanos = reuseNanos;
        }
    }

    private final Mode mode;
    private final NameResolver resolver;
    private final NameQuestion[] questions = new NameQuestion[NAMES];
    private Latencies latencies = new Latencies();
    private LongAdder found = new LongAdder();
    private LongAdder failed = new LongAdder();
    private int next;

    private NameCallersProcess(Mode mode) {
        this.mode = mode;
        this.resolver = resolver(mode);
        for (int i = 0; i < NAMES; i++) {
            questions[i] =
                    new NameQuestion(
                            Share.RESERVED,
                            "n" + i + ".bench.test",
                            AddressFamily.ANY,
                            mode.reuseNanos);
        }
    }

    private static NameResolver resolver(Mode mode) {
        if (mode == Mode.SYSTEM) {
            return new Resolver(
                    InetAddress::getAllByName,
                    Ticker.system(),
                    new Resolver.Limits(THREADS, MOST_WAITING, 0));
        }
        EventLoop own = new EventLoop("resolver", Ticker.system());
        own.start();
        return DnsResolver.ofHost(own, new DnsResolver.Limits(MOST_WAITING, 0, TIMEOUT.toNanos()));
    }

    public static void main(String[] args) {
        // The JDK would answer most look-ups of the system's resolver from its memory.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        NameCallersProcess callers = new NameCallersProcess(Mode.valueOf(args[0]));
        callers.run(WARM_UP_TICKS);
        callers.measure(Integer.parseInt(args[1]));
        System.exit(0);
    }

    private void measure(int seconds) {
        latencies = new Latencies();
        found = new LongAdder();
        failed = new LongAdder();
        Usage before = Usage.now();
        run(seconds * 1_000);
        Usage used = Usage.now().since(before);
        long all = found.sum() + failed.sum();
        System.out.println(
                DONE
                        + String.join(
                                ";",
                                mode.label,
                                Table.number(all * 1e9 / used.atNanos()),
                                Table.number((double) found.sum()),
                                Table.number((double) failed.sum()),
                                Table.tenths(used.cpuNanos() / 1e3 / Math.max(1, all)),
                                Table.number(latencies.quantileNanos(0.5) / 1e3),
                                Table.number(latencies.quantileNanos(0.99) / 1e3)));
    }

    /// Begins the look-ups of so many milliseconds, and waits for the last answers.
    private void run(int ticks) {
        long startNanos = System.nanoTime();
        LongAdder good = found;
        LongAdder bad = failed;
        long begun = 0;
        for (int tick = 0; tick < ticks; tick++) {
            for (int i = 0; i < PER_TICK; i++) {
                lookUp();
                begun++;
            }
            long leftNanos = startNanos + (tick + 1) * TICK_NANOS - System.nanoTime();
            if (leftNanos > 0) {
                LockSupport.parkNanos(leftNanos);
            }
        }
        long giveUpNanos = System.nanoTime() + 2 * TIMEOUT.toNanos();
        while (good.sum() + bad.sum() < begun && System.nanoTime() - giveUpNanos < 0) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void lookUp() {
        NameQuestion question = questions[next];
        next = (next + 1) % NAMES;
        long startNanos = System.nanoTime();
        Latencies into = latencies;
        LongAdder good = found;
        LongAdder bad = failed;
        var _ =
                resolver.resolve(
                        question,
                        () -> {},
                        answer -> {
                            into.record(System.nanoTime() - startNanos);
                            (answer instanceof Resolution.Found ? good : bad).increment();
                        });
    }
}
