package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Scheduled probes whose settings have a name.
@HttpTest
class ProbeModuleTest {

    private static final String PROBE =
            "{\"target\": \"127.0.0.1:%d\", \"interval\": \"100ms\", \"module\": \"quick\","
                    + " \"rise\": 1}";

    @TempDir static Path directory;

    @LocalServerPort int port;
    private HttpCalls calls;

    @DynamicPropertySource
    static void moduleFile(DynamicPropertyRegistry registry) {
        registry.add("sonde.modules.file", () -> directory.resolve("modules.yaml"));
        registry.add("sonde.modules.check-every", () -> "100ms");
        write(
                "modules: {quick: {settings: {close: rst}}, web: {prober: http}, slow: {settings: {hold: {for: 5s}}}}");
    }

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        calls.delete("/probes/web");
        calls.close();
    }

    @Test
    void probeRunsAsItsModuleSaysWhenItNamesOne() {
        Answer made = calls.put("/probes/web", PROBE.formatted(port));
        assertThat(made.at("/module")).isEqualTo("quick");
        assertThat(made.json().has("settings")).isFalse();
        await().until(() -> calls.get("/probes/web").at("/state").equals("up"));
        assertThat(calls.post("/probes/web/runs", "").text()).contains("close_rst");
    }

    @Test
    void nothingIsSaidOfTheTargetWhenTheModuleIsGone() {
        calls.put("/probes/web", PROBE.formatted(port));
        write("modules: {}");
        try {
            await().until(() -> calls.get("/probes/web").at("/last/reason").equals("local_error"));
            assertThat(calls.get("/probes/web").at("/last/detail")).contains("quick");
            assertThat(calls.get("/probes/web").at("/state")).isNotEqualTo("down");
        } finally {
            write(
                    "modules: {quick: {settings: {close: rst}}, web: {prober: http}, slow: {settings: {hold: {for: 5s}}}}");
            await().until(() -> calls.put("/probes/web", PROBE.formatted(port)).status() == 200);
        }
    }

    @Test
    void settingsTakeThePlaceOfTheModuleWhenAPatchSaysSo() {
        calls.put("/probes/web", PROBE.formatted(port));
        Answer patched =
                calls.patch(
                        "/probes/web", "{\"module\": null, \"settings\": {\"timeout\": \"50ms\"}}");
        assertThat(patched.at("/settings/timeout")).isEqualTo("50ms");
        assertThat(patched.json().has("module")).isFalse();
        assertThat(calls.patch("/probes/web", "{\"module\": \"quick\"}").problem())
                .isEqualTo("400 module");
    }

    @Test
    void moduleIsRefusedWithTheReasonWhenItIsNotForTcp() {
        Answer refused = calls.put("/probes/web", PROBE.formatted(port).replace("quick", "web"));
        assertThat(refused.problem()).isEqualTo("400 module");
        assertThat(refused.text()).contains("not supported");
    }

    @Test
    void moduleIsRefusedWhenItsStepsDoNotFitIntoTheInterval() {
        Answer refused = calls.put("/probes/web", PROBE.formatted(port).replace("quick", "slow"));
        assertThat(refused.problem()).isEqualTo("400 module");
        assertThat(refused.text()).contains("longer than the interval");
    }

    private static void write(String content) {
        try {
            Files.writeString(directory.resolve("modules.yaml"), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
