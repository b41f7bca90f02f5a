package dev.sonde;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// Starts the whole service in the test's own process, on a port of the kernel's choice.
public final class Starter {

    private Starter() {}

    public static ConfigurableApplicationContext start(Path data, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        all.add("--sonde.data-dir=" + data);
        return SpringApplication.run(SondeApplication.class, all.toArray(String[]::new));
    }

    public static int port(ConfigurableApplicationContext service) {
        return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
