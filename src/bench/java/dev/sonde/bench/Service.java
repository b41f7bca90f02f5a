package dev.sonde.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A check over HTTP, streamed as NDJSON, by the whole service: its row of the table.
final class Service implements AutoCloseable, Contender {

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(60);
    private static final int LONGEST_LINE = 64 * 1_024;
    private static final Pattern SUCCEEDED = Pattern.compile("\"succeeded\":(\\d+)");

    private final String label;
    private final DataDirectory data = DataDirectory.create();
    private final ServiceProcess process;
    private final ListenerProcess listener;

    private Service(String label, Path jar, ListenerProcess listener, Options options)
            throws IOException, InterruptedException {
        this.label = label;
        this.listener = listener;
        try {
            process = new ServiceProcess(jar, data.path(), "512m", options, Place.ANYWHERE);
        } catch (IOException | InterruptedException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    static Service own(ListenerProcess listener, Options options)
            throws IOException, InterruptedException {
        return new Service(Rows.SERVICE, ServiceProcess.ownJar(), listener, options);
    }

    /// That of the other build; absent where none is given.
    static @Nullable Service ofOther(ListenerProcess listener, Options options)
            throws IOException, InterruptedException {
        OtherBuild other = options.against();
        return other == null
                ? null
                : new Service(Rows.OTHER_SERVICE, other.jar(), listener, options);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public int inFlight() {
        return Rows.FEW;
    }

    /// One check of a block under 127.1.0.0 with as many addresses, a power of two.
    @Override
    public Sample measure(int connects) throws IOException, InterruptedException {
        int prefix = Integer.numberOfLeadingZeros(connects) + 1;
        Usage before = process.usage();
        long succeeded = sweep("127.1.0.0/" + prefix + ":" + listener.port());
        Usage used = process.usage().since(before);
        listener.settle();
        return Sample.of(used, succeeded, connects - succeeded, new Latencies());
    }

    private long sweep(String block) throws IOException, InterruptedException {
        String body =
                """
                {"targets":["%s"],"settings":{"close":"rst"},"concurrency":%d}"""
                        .formatted(block, Rows.FEW);
        HttpRequest request =
                HttpRequest.newBuilder(process.at("/api/v1/checks"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/x-ndjson")
                        .timeout(LONGEST_CHECK)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var response = process.send(request, BodyHandlers.ofInputStream());
        try (InputStream lines = response.body()) {
            String summary = lastLine(lines);
            Matcher succeeded = SUCCEEDED.matcher(summary);
            if (response.statusCode() != 200 || !succeeded.find()) {
                throw new IOException(response.statusCode() + " " + summary);
            }
            return Long.parseLong(succeeded.group(1));
        }
    }

    /// Reads everything, as cheaply as it can be, since the reader shares the cores.
    private static String lastLine(InputStream stream) throws IOException {
        byte[] buffer = new byte[2 * LONGEST_LINE];
        int filled = 0;
        for (int read = stream.read(buffer, filled, LONGEST_LINE);
                read >= 0;
                read = stream.read(buffer, filled, LONGEST_LINE)) {
            filled += read;
            if (filled > LONGEST_LINE) {
                System.arraycopy(buffer, filled - LONGEST_LINE, buffer, 0, LONGEST_LINE);
                filled = LONGEST_LINE;
            }
        }
        String tail = new String(buffer, 0, filled, StandardCharsets.UTF_8).strip();
        return tail.substring(tail.lastIndexOf('\n') + 1);
    }

    @Override
    public void close() {
        process.close();
        data.close();
    }
}
