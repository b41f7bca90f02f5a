package dev.sonde.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Debian's Chromium. Nothing is downloaded. For one thread.
final class Chromium implements AutoCloseable {

    /// For each wait, in milliseconds. Playwright's 30 s are over on a busy machine before the
    /// first page of a fresh service is there.
    private static final double LONGEST = 150_000;

    private final Playwright playwright;
    private final Browser browser;

    /// Skips the test, with the reason, where no Chromium is installed.
    Chromium() {
        Optional<Path> found =
                Stream.of(
                                "/usr/bin/chromium",
                                "/usr/bin/chromium-browser",
                                "/usr/bin/google-chrome")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "needs chromium (apt-get install chromium)");
        Map<String, String> settings = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(settings));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(found.get())
                                        .setTimeout(LONGEST)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-background-networking",
                                                        "--disable-quic")));
    }

    Visit visit(String base, Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(LONGEST);
        return new Visit(base, context);
    }

    Visit visit(String base) {
        return visit(base, new Browser.NewContextOptions().setViewportSize(1_030, 800));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
