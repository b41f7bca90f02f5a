package dev.sonde.api.server;

import dev.sonde.api.listener.ListenerEventView;
import dev.sonde.problem.ProblemDocument;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// The API's description of itself, as far as it is the same for every operation.
@OpenAPIDefinition // so the library does not look for one in every class
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    @Bean
    OpenAPI description(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Sonde")
                                .description(
                                        "Finds whether a TCP endpoint can be reached and, if not, why.")
                                .version(version == null ? "development" : version)
                                .license(
                                        new License().name("Apache-2.0").identifier("Apache-2.0")));
    }

    /// Adds the schemas that no operation names as its answer.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    GlobalOpenApiCustomizer unnamedSchemas() {
        return api -> {
            addSchema(api.getComponents(), "Problem", ProblemDocument.class);
            addSchema(api.getComponents(), "ListenerEvent", ListenerEventView.class);
        };
    }

    private static void addSchema(Components components, String name, Class<?> type) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(type));
        resolved.referencedSchemas.forEach(components::addSchemas);
        components.addSchemas(name, resolved.schema);
    }
}
