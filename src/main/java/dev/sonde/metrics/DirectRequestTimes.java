package dev.sonde.metrics;

import dev.sonde.blackbox.RequestTimes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Counts requests that are answered ahead of the filter chain where the chain counts the others:
/// in `http.server.requests`.
@Component
final class DirectRequestTimes implements RequestTimes {

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private record Kind(String path, int status) {}

    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    DirectRequestTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void record(String path, int status, long nanos) {
        timers.computeIfAbsent(new Kind(path, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .tags(
                        "error",
                        "none",
                        "exception",
                        "none",
                        "method",
                        "GET",
                        "outcome",
                        outcome(kind.status()),
                        "status",
                        Integer.toString(kind.status()),
                        "uri",
                        kind.path())
                .register(registry);
    }

    private static String outcome(int status) {
        if (status < CLIENT_ERROR) {
            return "SUCCESS";
        }
        return status < SERVER_ERROR ? "CLIENT_ERROR" : "SERVER_ERROR";
    }
}
