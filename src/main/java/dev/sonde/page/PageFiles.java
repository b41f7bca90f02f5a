package dev.sonde.page;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/// The files of the page by their path: our own below `/page/`, and those of two libraries below
/// `/page/lib/`. All are in memory. Immutable.
final class PageFiles {

    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final List<String> LIBRARIES =
            List.of(
                    WEBJARS + "lit-html/3.3.1/lit-html.js",
                    WEBJARS + "uplot/1.6.30/dist/uPlot.esm.js",
                    WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");
    private static final String FOLDER = "/page/";

    private final Map<String, PageFile> files = new HashMap<>();

    /// One file.
    ///
    /// @param etag weak, since the server may compress the answer
    @SuppressWarnings("ArrayRecordComponent")
    record PageFile(byte[] content, String type, String etag) {}

    /// Reads the files; a page that is switched off has none.
    PageFiles(PageProperties properties) throws IOException {
        if (!properties.enabled()) {
            return;
        }
        var resolver = new PathMatchingResourcePatternResolver();
        for (Resource own : resolver.getResources("classpath:page/**/*.*")) {
            String url = own.getURL().toString();
            add(url.substring(url.lastIndexOf(FOLDER)), own);
        }
        for (String library : LIBRARIES) {
            Resource file = new ClassPathResource(library);
            add(FOLDER + "lib/" + file.getFilename(), file);
        }
    }

    private void add(String path, Resource resource) throws IOException {
        byte[] content = resource.getContentAsByteArray();
        String type =
                MediaTypeFactory.getMediaType(resource)
                        .orElse(MediaType.APPLICATION_OCTET_STREAM)
                        .toString();
        files.put(path, new PageFile(content, type, "W/\"" + digest(content) + "\""));
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Optional<PageFile> find(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
