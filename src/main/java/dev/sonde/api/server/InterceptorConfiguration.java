package dev.sonde.api.server;

import dev.sonde.api.replica.HeldElsewhere;
import dev.sonde.api.replica.HeldResource;
import dev.sonde.api.replica.Versions;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The rules that stand before the controllers, and how their records of parameters are made.
@Configuration(proxyBeanMethods = false)
class InterceptorConfiguration implements WebMvcConfigurer {

    private final KnownParameters knownParameters;
    private final HeldElsewhere heldElsewhere;
    private final Versions versions;

    InterceptorConfiguration(
            KnownParameters knownParameters, HeldElsewhere heldElsewhere, Versions versions) {
        this.knownParameters = knownParameters;
        this.heldElsewhere = heldElsewhere;
        this.versions = versions;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(knownParameters).addPathPatterns("/api/v1/**");
        registry.addInterceptor(versions).addPathPatterns("/api/v1/**");
        registry.addInterceptor(heldElsewhere).addPathPatterns(HeldResource.patterns());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ParametersResolver());
    }
}
