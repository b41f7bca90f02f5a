package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.Starter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// What the chart renders with its default values, given to a running Sonde.
class InstalledTest {

    @TempDir private Path directory;

    @Test
    void theTestPodSucceedsWhenSondeHasTheChartsConfigurationAndToken() throws Exception {
        Tool.require("bash");
        List<HasMetadata> resources = Chart.render(withoutHooks(), "");
        Pod pod = Chart.one(resources, Pod.class);
        Secret secret = Chart.named(resources, Secret.class, "tcp-sonde-tokens");
        String token = secret.getStringData().get("token");
        try (ConfigurableApplicationContext service = start(resources, secret)) {
            Tool.Printed right = run(pod, service, token);
            assertThat(right.text())
                    .contains("Sonde is ready", "a check was answered")
                    .doesNotContain("expected");
            assertThat(right.status()).isZero();
            Tool.Printed first = firstCheck(service, token);
            assertThat(first.text()).contains("\"kubernetes.default:443\"", "\"outcome\"");
            Tool.Printed wrong = run(pod, service, "wrong");
            assertThat(wrong.text()).contains("expected ", "HTTP/1.1 401");
            assertThat(wrong.status()).isEqualTo(1);
        }
    }

    private ConfigurableApplicationContext start(List<HasMetadata> resources, Secret secret)
            throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        Path tokens = Files.createDirectories(directory.resolve("tokens"));
        Files.writeString(
                config.resolve("application.yaml"),
                Chart.one(resources, ConfigMap.class).getData().get("application.yaml"));
        Files.writeString(
                tokens.resolve("application.yaml"), secret.getStringData().get("tokens.yaml"));
        return Starter.start(
                directory.resolve("data"),
                "--spring.config.additional-location=file:%s/,file:%s/".formatted(config, tokens));
    }

    /// The command of the notes, against this service in place of a forwarded port.
    private static Tool.Printed firstCheck(ConfigurableApplicationContext service, String token)
            throws IOException, InterruptedException {
        String notes = Chart.installation("");
        String command = notes.substring(notes.indexOf("   curl -s http"));
        return Tool.run(
                List.of(
                        "bash",
                        "-c",
                        command.substring(0, command.indexOf("\n\n"))
                                .replace(":8080", ":" + Starter.port(service))),
                "TOKEN",
                token);
    }

    private static Tool.Printed run(Pod pod, ConfigurableApplicationContext service, String token)
            throws IOException, InterruptedException {
        return Tool.run(
                pod.getSpec().getContainers().getFirst().getCommand(),
                "SONDE_HOST",
                "127.0.0.1",
                "SONDE_PORT",
                Integer.toString(Starter.port(service)),
                "SONDE_TOKEN",
                token);
    }

    /// Helm keeps hooks, the pod of `helm test` among them, out of what it renders.
    private Path withoutHooks() throws IOException {
        Path copy = directory.resolve("chart");
        Chart.copy(copy, text -> text.replace("helm.sh/hook", "was/hook"));
        return copy;
    }
}
