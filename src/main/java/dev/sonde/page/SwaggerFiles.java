package dev.sonde.page;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// The paths of Swagger UI's files. The list lets the service refuse an unknown path without a
/// search in the jar.
public final class SwaggerFiles {

    /// All files of Swagger UI are below this path.
    public static final String ROOT = "/swagger-ui/";

    private static final Logger log = LoggerFactory.getLogger(SwaggerFiles.class);
    private static final String FILES = "classpath:/META-INF/resources/webjars/swagger-ui/*/*";

    private SwaggerFiles() {}

    /// Reads the names from the jar; none if they cannot be read.
    public static List<PathPattern> paths() {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver().getResources(FILES))
                    .map(file -> Objects.requireNonNullElse(file.getFilename(), ""))
                    .filter(name -> !name.isEmpty())
                    .map(name -> PathPatternParser.defaultInstance.parse(ROOT + name))
                    .toList();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("the names of Swagger UI's files cannot be read");
            return List.of();
        }
    }
}
