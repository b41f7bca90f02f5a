package dev.sonde.api.replica;

import dev.sonde.api.request.Query;
import dev.sonde.schedule.ReplicaChanges;
import dev.sonde.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Reads the newest definitions before the answer to two kinds of request. One names a version that
/// this replica has not read. The other names a probe that this replica does not know. The wait is
/// at most a second. A single process needs none of it.
@Component
public final class Versions implements HandlerInterceptor {

    static final String HEADER = "Sonde-Version";

    private static final Logger log = LoggerFactory.getLogger(Versions.class);
    private static final String PROBES = "/api/v1/probes/";
    private static final long MOST_MILLIS = 1_000;

    /// Readers at once; the database answers each in a millisecond.
    private static final int READERS = 16;

    private final ReplicaChanges changes;
    private final Schedules schedules;
    private final Semaphore readers = new Semaphore(READERS);

    Versions(ReplicaChanges changes, Schedules schedules) {
        this.changes = changes;
        this.schedules = schedules;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        OptionalLong known = changes.version();
        if (known.isEmpty()) {
            return true;
        }
        String wanted = request.getHeader(HEADER);
        if (wanted == null ? isUnknownProbe(request) : known.getAsLong() < number(wanted)) {
            readNewest();
        }
        if (wanted != null) {
            response.setHeader(HEADER, Long.toString(changes.version().orElseThrow()));
        }
        return true;
    }

    private boolean isUnknownProbe(HttpServletRequest request) {
        return request.getServletPath().startsWith(PROBES)
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables
                && variables.get("name") instanceof String name
                && schedules.find(name).isEmpty();
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Query.invalid(HEADER, text, "the number that a change was answered with");
        }
        return Long.parseLong(text);
    }

    private void readNewest() throws InterruptedException {
        if (!readers.tryAcquire(MOST_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
        }
        CompletableFuture<Void> read = new CompletableFuture<>();
        Thread.startVirtualThread(() -> read(read));
        try {
            read.get(MOST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().setCause(e).log("the newest definitions cannot be read now");
        }
    }

    private void read(CompletableFuture<Void> done) {
        try {
            changes.followDefinitions();
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        } finally {
            readers.release();
        }
    }
}
