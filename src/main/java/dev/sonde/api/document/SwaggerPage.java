package dev.sonde.api.document;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.webmvc.ui.SwaggerIndexPageTransformer;
import org.springdoc.webmvc.ui.SwaggerIndexTransformer;
import org.springdoc.webmvc.ui.SwaggerWelcomeCommon;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/// The script that starts Swagger UI, with additions of this API: ordered operations, examples with
/// existing ids, drawings as pictures. The library's parts are looked up when the page is
/// requested, because they are absent where Swagger UI is off.
@Component
final class SwaggerPage implements SwaggerIndexTransformer {

    private static final String SCRIPT = "swagger-initializer.js";
    private static final String OWN_SCRIPT = "swagger/sonde.js";
    private static final String PLUGINS = "plugins: [";
    private static final String OWN_PLUGINS =
            "requestInterceptor: sonde.request, responseInterceptor: sonde.response,"
                    + " operationsSorter: sonde.sort, plugins: [sonde.plugin, ";

    /// The longest file that is held. A longer one costs more to send than to find.
    private static final int MOST_HELD_BYTES = 16 * 1_024;

    /// The files that are held, by path: as many as the library has.
    private final Map<String, Resource> held = new ConcurrentHashMap<>();

    private final ObjectProvider<SwaggerUiConfigProperties> page;
    private final ObjectProvider<SwaggerUiOAuthProperties> oauth;
    private final ObjectProvider<SwaggerWelcomeCommon> welcome;
    private final ObjectProvider<ObjectMapperProvider> mapper;

    SwaggerPage(
            ObjectProvider<SwaggerUiConfigProperties> page,
            ObjectProvider<SwaggerUiOAuthProperties> oauth,
            ObjectProvider<SwaggerWelcomeCommon> welcome,
            ObjectProvider<ObjectMapperProvider> mapper) {
        this.page = page;
        this.oauth = oauth;
        this.welcome = welcome;
        this.mapper = mapper;
    }

    @Override
    public Resource transform(
            HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        if (!SCRIPT.equals(resource.getFilename())) {
            return resource instanceof ClassPathResource file ? held(file) : resource;
        }
        Resource usual =
                new SwaggerIndexPageTransformer(
                                page.getObject(),
                                oauth.getObject(),
                                welcome.getObject(),
                                mapper.getObject())
                        .transform(request, resource, chain);
        String script = usual.getContentAsString(StandardCharsets.UTF_8);
        String own = new ClassPathResource(OWN_SCRIPT).getContentAsString(StandardCharsets.UTF_8);
        return new TransformedResource(
                usual,
                (own + script.replace(PLUGINS, OWN_PLUGINS)).getBytes(StandardCharsets.UTF_8));
    }

    /// A small file of the library in memory. A search in the jar would cost more than its answer.
    private Resource held(ClassPathResource file) throws IOException {
        Resource known = held.get(file.getPath());
        if (known == null) {
            if (file.contentLength() > MOST_HELD_BYTES) {
                return file;
            }
            known = new TransformedResource(file, file.getContentAsByteArray());
            held.put(file.getPath(), known);
        }
        return known;
    }
}
