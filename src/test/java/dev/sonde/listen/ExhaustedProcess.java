package dev.sonde.listen;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A process of its own that runs out of descriptors while a client waits to be accepted. It prints
/// how often accepting rested, what that cost, and whether the client was accepted in the end.
final class ExhaustedProcess {

    private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private ExhaustedProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (ListenerLab lab = new ListenerLab(new MemoryListenerStore(), 100_000)) {
            loadClasses(lab);
            InetSocketAddress address = lab.open(new Behaviour.Echo(Duration.ZERO));
            SocketChannel client = SocketChannel.open();
            List<FileChannel> hoard = takeAllDescriptors();
            client.connect(address);
            long cpuBefore = cpuNanos();
            long until = System.nanoTime() + WATCHED_NANOS;
            while (System.nanoTime() - until < 0) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            long cpuMillis = TimeUnit.NANOSECONDS.toMillis(cpuNanos() - cpuBefore);
            for (FileChannel each : hoard) {
                each.close();
            }
            lab.next(ListenerEvent.Accepted.class);
            System.out.println(
                    "rests=%d cpuMillis=%d accepted=%d hoarded=%d"
                            .formatted(
                                    lab.status().connections().exhausted(),
                                    cpuMillis,
                                    lab.status().connections().accepted(),
                                    hoard.size()));
            client.close();
        }
    }

    /// Without a descriptor no class file can be opened.
    private static void loadClasses(ListenerLab lab) throws Exception {
        InetSocketAddress address = lab.open(new Behaviour.Echo(Duration.ZERO));
        lab.connect(address).close();
        lab.next(ListenerEvent.Ended.class);
        lab.listeners.delete("a", _ -> {});
        cpuNanos();
    }

    private static List<FileChannel> takeAllDescriptors() {
        List<FileChannel> hoard = new ArrayList<>();
        try {
            while (true) {
                hoard.add(FileChannel.open(Path.of("/dev/null")));
            }
        } catch (IOException e) {
            return hoard;
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
