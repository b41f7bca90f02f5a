package dev.sonde.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpTest;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The page at `/` and its files.
@HttpTest
@SuppressWarnings("NullAway") // a null fails the test
class PageTest {

    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Autowired RestTestClient http;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                BROWSER + " | text/html",
                "*/* | application/json",
                "application/json | application/json",
                "text/html;q=0, */* | application/json",
                "nonsense | application/json"
            })
    void theRootIsThePageForABrowserOnly(String accept, String type) {
        String found =
                http.get()
                        .uri("/")
                        .header(HttpHeaders.ACCEPT, accept)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult()
                        .getResponseHeaders()
                        .getFirst(HttpHeaders.CONTENT_TYPE);
        assertThat(found).startsWith(type);
    }

    @Test
    void thePageHasNoInlineScriptAndAsksNoOtherOrigin() {
        String page = text("/");
        assertThat(page).doesNotContain("<style", "style=", "onclick", "http://", "https://");
        assertThat(page.split("<script", -1)).hasSize(2);
        assertThat(page).contains("<script type=\"module\" src=\"page/page.js\"></script>");
    }

    @Test
    void everyFileThatThePageImportsIsServed() {
        Matcher files =
                Pattern.compile("(?:src|href)=\"(page/[^\"]+|favicon.ico)\"").matcher(text("/"));
        int count = 0;
        while (files.find()) {
            assertThat(text("/" + files.group(1))).isNotEmpty();
            count++;
        }
        assertThat(count).isEqualTo(4);
        Set<URI> seen = new HashSet<>();
        follow(URI.create("/page/page.js"), seen);
        assertThat(seen)
                .contains(URI.create("/page/lib/lit-html.js"), URI.create("/page/lib/uPlot.esm.js"))
                .hasSizeGreaterThan(10);
    }

    private void follow(URI file, Set<URI> seen) {
        if (seen.add(file)) {
            Matcher imported = Pattern.compile("from '(\\.[^']+)'").matcher(text(file.toString()));
            while (imported.find()) {
                follow(file.resolve(imported.group(1)), seen);
            }
        }
    }

    @Test
    void aFileIsSentOnceAsLongAsItDoesNotChange() {
        HttpHeaders first =
                http.get().uri("/page/page.js").exchange().returnResult().getResponseHeaders();
        assertThat(first.getContentType()).hasToString("text/javascript");
        assertThat(first.getCacheControl()).isEqualTo("no-cache");
        http.get()
                .uri("/page/page.js")
                .header(HttpHeaders.IF_NONE_MATCH, first.getETag())
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /page/none.js, 404",
        "GET, /page/../application.yaml, 400",
        "GET, /page/lib/lit-html.js/, 404",
        "GET, /page/views, 404",
        "GET, /actuator/none, 404",
        "GET, /actuator/health/none, 404",
        "GET, /actuator/prometheus/none, 404",
        "HEAD, /page/page.js, 200",
        "POST, /page/none.js, 404",
        "POST, /page/page.js, 405",
    })
    void thePathAndTheMethodDecide(String method, String path, int status) {
        http.method(HttpMethod.valueOf(method))
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void theCallerIsAnAdministratorWhileTheServiceIsOpen() {
        assertThat(text("/api/v1/caller")).contains("\"name\":\"anonymous\"", "\"role\":\"admin\"");
    }

    private String text(String path) {
        byte[] body =
                http.get()
                        .uri(path)
                        .header(HttpHeaders.ACCEPT, BROWSER)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult()
                        .getResponseBodyContent();
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
}
