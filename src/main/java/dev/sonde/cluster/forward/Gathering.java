package dev.sonde.cluster.forward;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One list from several replicas, all asked at once. Each call waits at most [#MOST].
final class Gathering {

    private static final Duration MOST = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private Gathering() {}

    /// @throws InterruptedException when the caller is to stop
    static List<Gathered> gather(Forwarder forwarder, List<Holder> holders, ForwardedCall call)
            throws InterruptedException {
        List<Gathered> gathered = new ArrayList<>();
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Callable<String>> reads =
                    holders.stream()
                            .<Callable<String>>map(each -> () -> read(forwarder, each, call))
                            .toList();
            List<Future<String>> answers =
                    readers.invokeAll(reads, MOST.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < holders.size(); i++) {
                gathered.add(new Gathered(holders.get(i).name(), body(answers.get(i))));
            }
        } finally {
            // A read that is late ends by its interrupt.
            readers.shutdownNow();
        }
        return gathered;
    }

    private static String read(Forwarder forwarder, Holder holder, ForwardedCall call)
            throws IOException, ForwardException, InterruptedException {
        try (ForwardedAnswer answer = forwarder.send(holder, call)) {
            String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.status() < OK || answer.status() >= REDIRECT) {
                throw new IOException("status " + answer.status());
            }
            return body;
        }
    }

    private static @Nullable String body(Future<String> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException | CancellationException _) {
            // The list names the replica as missing.
            return null;
        }
    }
}
