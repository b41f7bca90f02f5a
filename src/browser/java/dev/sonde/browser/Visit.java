package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A visit of the page in a fresh context, with all complaints of the browser. For one thread.
final class Visit implements AutoCloseable {

    private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private static final String VIOLATIONS =
            "() => axe.run({ resultTypes: ['violations'] }).then(found => found.violations"
                    + ".map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ')))";

    private static final String OVERFLOW =
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private final BrowserContext context;
    private final String base;
    private final List<String> complaints = new ArrayList<>();
    final Page page;

    Visit(String base, BrowserContext context) {
        this.base = base;
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.type() + " " + message.text()));
        page.onPageError(complaints::add);
        page.onRequest(
                request -> {
                    if (!request.url().startsWith(base)
                            && !request.url().matches("(?s)(data|blob):.*")) {
                        complaints.add("foreign request " + request.url());
                    }
                });
    }

    /// Opens a view, such as `listeners`, and waits for the stream of events.
    Visit open(String view) {
        page.navigate(base + "/#/" + view);
        page.locator(".as-of").getByText("As of").waitFor();
        return this;
    }

    Locator main() {
        return page.locator("#main");
    }

    /// Waits for a text in the view.
    Visit sees(String text) {
        main().getByText(text).first().waitFor();
        return this;
    }

    Visit shoot(String name) {
        Path file = Path.of("target/browser", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return this;
    }

    /// Accessible as axe-core judges, and without sideways scrolling.
    Visit isAccessible() throws IOException {
        try (InputStream axe = getClass().getClassLoader().getResourceAsStream(AXE)) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat((List<?>) page.evaluate(VIOLATIONS)).isEmpty();
        assertThat((int) page.evaluate(OVERFLOW)).as("sideways scrolling").isZero();
        return this;
    }

    /// No word in the console, no error, no foreign request so far.
    Visit isQuiet() {
        assertThat(complaints).isEmpty();
        return this;
    }

    @Override
    public void close() {
        context.close();
    }
}
