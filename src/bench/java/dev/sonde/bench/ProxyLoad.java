package dev.sonde.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A proxy beside a bare one, a direct connection and, where it is installed, HAProxy: bytes, round
/// trips, connections, CPU, and the heap of idle pairs. All run on one thread, and take turns.
final class ProxyLoad implements Section {

    private static final String DIRECT = "no proxy";
    private static final int IDLE_PAIRS = 10_000;
    private static final long MEGABYTE = 1_000_000;

    /// A figure of one contender in one round.
    private enum Figure {
        ONE_STREAM("MB/s, 1 stream"),
        MANY_STREAMS("MB/s, 100 streams"),
        CPU_PER_GB("CPU s/GB"),
        ONE_TRIP("trips/s, 1 conn."),
        ONE_TRIP_P99("p99 us, 1 conn."),
        MANY_TRIPS("trips/s, 100 conn."),
        CONNECTS("conn./s");

        private final String title;

        Figure(String title) {
            this.title = title;
        }
    }

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public String title() {
        return "Proxies";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        List<ProxyContender> contenders = new ArrayList<>();
        try (Child upstream = upstream()) {
            int port = Integer.parseInt(upstream.await(ProxyUpstream.READY));
            contenders.add(ProxyContender.java("bare NIO proxy", "BARE", port));
            contenders.add(ProxyContender.java("Sonde's proxy", "SONDE", port));
            ProxyContender.haproxy(port).ifPresent(contenders::add);
            contenders.add(new ProxyContender(DIRECT, upstream, port));
            measure(contenders, options);
            measureIdle(contenders.get(1), pairs(options));
        } finally {
            contenders.forEach(ProxyContender::close);
        }
    }

    /// As many as the share of listeners in the descriptors allows. A pair takes two.
    private static int pairs(Options options) {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long most = system.getMaxFileDescriptorCount() * 5 / 16 - 200;
        return (int) Math.min(options.quick() ? IDLE_PAIRS / 5 : IDLE_PAIRS, most);
    }

    private static Child upstream() throws IOException {
        return new Child(
                Child.java(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Child.classPath(),
                        ProxyUpstream.class.getName()));
    }

    private static void measure(List<ProxyContender> contenders, Options options) {
        List<Map<Figure, List<Double>>> all = new ArrayList<>();
        contenders.forEach(_ -> all.add(new EnumMap<>(Figure.class)));
        for (int round = -options.warmUpRounds(); round < options.rounds(); round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Map<Figure, Double> found = round(contenders.get(i), options.quick());
                if (round >= 0) {
                    Map<Figure, List<Double>> own = all.get(i);
                    found.forEach(
                            (figure, value) ->
                                    own.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value));
                }
            }
        }
        report(contenders, all);
    }

    private static Map<Figure, Double> round(ProxyContender contender, boolean isQuick) {
        ProxyClients clients = new ProxyClients(contender.port());
        long bytes = (isQuick ? 200 : 1_000) * MEGABYTE;
        int trips = isQuick ? 3_000 : 20_000;
        Map<Figure, Double> found = new EnumMap<>(Figure.class);
        ProxyClients.RoundTrips one = clients.roundTrips(1, trips);
        found.put(Figure.ONE_TRIP, one.perSecond());
        found.put(Figure.ONE_TRIP_P99, one.p99Nanos() / 1_000.0);
        if (contender.label().equals(DIRECT)) {
            return found;
        }
        Duration before = contender.cpu();
        found.put(Figure.ONE_STREAM, clients.stream(1, bytes) / MEGABYTE);
        Duration used = contender.cpu().minus(before);
        found.put(Figure.CPU_PER_GB, used.toNanos() / (double) bytes);
        found.put(Figure.MANY_STREAMS, clients.stream(100, bytes) / MEGABYTE);
        found.put(Figure.MANY_TRIPS, clients.roundTrips(100, trips / 20).perSecond());
        found.put(Figure.CONNECTS, clients.connects(isQuick ? 800 : 4_000));
        return found;
    }

    private static void report(
            List<ProxyContender> contenders, List<Map<Figure, List<Double>>> all) {
        List<String> columns = new ArrayList<>(List.of("proxy"));
        for (Figure figure : Figure.values()) {
            columns.add(figure.title);
        }
        Table table = new Table(columns.toArray(String[]::new));
        for (int i = 0; i < contenders.size(); i++) {
            List<String> cells = new ArrayList<>(List.of(contenders.get(i).label()));
            for (Figure figure : Figure.values()) {
                cells.add(cell(all.get(i), figure));
            }
            table.row(cells.toArray(String[]::new));
        }
        System.out.println(table);
        GoalTable goals = new GoalTable();
        for (Figure figure :
                List.of(
                        Figure.ONE_STREAM,
                        Figure.MANY_STREAMS,
                        Figure.ONE_TRIP,
                        Figure.MANY_TRIPS,
                        Figure.CONNECTS)) {
            goals.atLeast(
                    figure.title + ", ratio to bare",
                    0.85,
                    median(all.get(1), figure) / median(all.get(0), figure));
        }
        goals.atMost(
                "added p99 us, 1 conn.",
                100,
                median(all.get(1), Figure.ONE_TRIP_P99)
                        - median(all.getLast(), Figure.ONE_TRIP_P99));
        System.out.println(goals);
    }

    /// Empty where the figure was not measured.
    private static String cell(Map<Figure, List<Double>> found, Figure figure) {
        if (!found.containsKey(figure)) {
            return "";
        }
        double value = median(found, figure);
        return figure == Figure.CPU_PER_GB ? Table.ratio(value) : Table.number(value);
    }

    private static double median(Map<Figure, List<Double>> found, Figure figure) {
        List<Double> sorted = found.getOrDefault(figure, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void measureIdle(ProxyContender sonde, int pairs) throws IOException {
        long before = sonde.heapBytes();
        List<Socket> idle = new ProxyClients(sonde.port()).idle(pairs);
        double each = (sonde.heapBytes() - before) / (double) pairs;
        System.out.printf("%d idle pairs.%n%n", pairs);
        GoalTable goals = new GoalTable();
        goals.atMost("heap bytes of an idle pair", 4_096, each);
        System.out.println(goals);
        for (Socket socket : idle) {
            socket.close();
        }
    }
}
