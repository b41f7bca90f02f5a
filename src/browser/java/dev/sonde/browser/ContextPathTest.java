package dev.sonde.browser;

import dev.sonde.Starter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The page below a context path, and below that of a reverse proxy before it.
class ContextPathTest {

    @TempDir static Path directory;
    private static ConfigurableApplicationContext service;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = new Chromium();
        service =
                Starter.start(
                        directory,
                        "--server.servlet.context-path=/own",
                        "--sonde.security.open=true",
                        "--sonde.security.trusted-proxies=127.0.0.1");
    }

    @AfterAll
    static void close() {
        if (service != null) {
            service.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void pageIsClickedThroughBelowTheContextPath() {
        PageTour.below(chromium, "http://127.0.0.1:" + Starter.port(service), "/own");
    }

    @Test
    void pageIsClickedThroughBelowBothPaths() {
        try (Line proxy = new Line(Starter.port(service), "/ops/sonde")) {
            PageTour.below(chromium, "http://127.0.0.1:" + proxy.port(), "/ops/sonde/own");
        }
    }
}
