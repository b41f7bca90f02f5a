package dev.sonde;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The service in a process of its own that may not bind low ports; asked for one, it prints what
/// it answers and what it then has.
final class UnprivilegedService {

    private static final String LOW_PORT =
            "{\"name\":\"low\",\"bind\":\"127.0.0.1:81\",\"behaviour\":{\"type\":\"echo\"}}";

    private UnprivilegedService() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ConfigurableApplicationContext service =
                        SpringApplication.run(
                                SondeApplication.class,
                                "--server.port=0",
                                "--sonde.policy.binds.allow=127.0.0.0/8",
                                "--sonde.data-dir=" + arguments[0]);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = request(service);
            HttpRequest post =
                    request.copy()
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(LOW_PORT))
                            .build();
            HttpResponse<String> refused = client.send(post, BodyHandlers.ofString());
            System.out.println("refused " + refused.statusCode() + " " + refused.body());
            HttpResponse<String> list = client.send(request.build(), BodyHandlers.ofString());
            System.out.println("listeners " + list.body());
        }
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext service) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/listeners"));
    }
}
