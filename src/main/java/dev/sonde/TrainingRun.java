package dev.sonde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/// The end of the run that fills the image's AOT cache: when the service is ready, it is sent some
/// requests and stopped. The classes of a first request are in the cache then. One that is not
/// answered ends the build.
final class TrainingRun implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    /// The system property that makes a run of the service a training run. It is no setting, so its
    /// name is outside of `sonde.`.
    static final String PROPERTY = "image.training";

    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);
    private static final int ROUNDS = 3;
    private static final int TIMEOUT_MILLIS = 60_000;

    /// Method and path, and the body; `PORT` is the service's own.
    private static final List<List<String>> REQUESTS =
            List.of(
                    List.of("GET /actuator/health/readiness", ""),
                    List.of(
                            "PUT /api/v1/probes/training",
                            "{\"target\": \"127.0.0.1:PORT\", \"interval\": \"1s\"}"),
                    List.of("POST /api/v1/checks", "{\"targets\": [\"127.0.0.1:PORT\"]}"),
                    List.of("GET /api/v1/probes", ""),
                    List.of("GET /api/v1/probes/training/results", ""),
                    List.of("GET /probe?target=127.0.0.1:PORT&module=tcp_connect", ""),
                    List.of("GET /actuator/prometheus", ""),
                    List.of("GET /", ""));

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC
                && event.getSource() instanceof ConfigurableApplicationContext service) {
            train(service);
        }
    }

    private static void train(ConfigurableApplicationContext service) {
        String port =
                Objects.requireNonNull(
                        service.getEnvironment().getProperty("local.server.port"), "no port");
        for (int i = 0; i < ROUNDS; i++) {
            for (List<String> request : REQUESTS) {
                ask(request, port);
            }
        }
        System.exit(SpringApplication.exit(service));
    }

    private static void ask(List<String> request, String port) {
        String body = request.get(1).replace("PORT", port);
        String line = request.get(0).replace("PORT", port);
        String text =
                line
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            log.atInfo().addKeyValue("answer", answer.lines().findFirst().orElse("")).log(line);
            if (!answer.startsWith("HTTP/1.1 2")) {
                throw new IllegalStateException(line + " was answered " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
