package dev.sonde.api.server;

import dev.sonde.api.replica.HeldElsewhere;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The rules that stand before the controllers.
@Configuration(proxyBeanMethods = false)
class InterceptorConfiguration implements WebMvcConfigurer {

    private final KnownParameters knownParameters;
    private final HeldElsewhere heldElsewhere;

    InterceptorConfiguration(KnownParameters knownParameters, HeldElsewhere heldElsewhere) {
        this.knownParameters = knownParameters;
        this.heldElsewhere = heldElsewhere;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(knownParameters).addPathPatterns("/api/v1/**");
        registry.addInterceptor(heldElsewhere)
                .addPathPatterns(
                        "/api/v1/listeners/*/**", "/api/v1/checks/*/**", "/api/v1/results/*/**");
    }
}
