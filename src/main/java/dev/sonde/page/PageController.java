package dev.sonde.page;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// The root: the page for a browser, a small index for everybody else.
@Hidden
@RestController
class PageController {

    /// No script and no style inside the document, and no request to another origin. Drawings are
    /// fetched with the token and shown from memory (`blob:`).
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    private static final Map<String, Map<String, String>> INDEX =
            Map.of(
                    "links",
                    Map.of(
                            "api", "api/v1",
                            "description", "v3/api-docs",
                            "swagger", "swagger-ui.html",
                            "health", "actuator/health",
                            "metrics", "actuator/prometheus",
                            "probe", "probe"));

    private final PageProperties properties;

    /// The two files as bytes: read once, and answered whole whatever range is asked for.
    private final byte[] index;

    private final byte[] icon;

    PageController(PageProperties properties) throws IOException {
        this.properties = properties;
        this.index = new ClassPathResource("page/index.html").getContentAsByteArray();
        this.icon = new ClassPathResource("page/favicon.svg").getContentAsByteArray();
    }

    @GetMapping("/")
    ResponseEntity<?> root(
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept) {
        if (properties.enabled() && names(accept, MediaType.TEXT_HTML)) {
            return ResponseEntity.ok()
                    .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                    .cacheControl(CacheControl.noCache())
                    .header("Content-Security-Policy", CONTENT_POLICY)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .body(index);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(INDEX);
    }

    @GetMapping("/favicon.ico")
    ResponseEntity<byte[]> icon() {
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.maxAge(Duration.ofDays(1)))
                .body(icon);
    }

    /// Whether the header names the type itself, as a browser's does: `*/*` does not.
    private static boolean names(String accept, MediaType type) {
        List<MediaType> accepted;
        try {
            accepted = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
        return accepted.stream()
                .anyMatch(one -> one.equalsTypeAndSubtype(type) && one.getQualityValue() > 0);
    }
}
